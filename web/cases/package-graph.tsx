import type { PackageFile } from '../../contract/packages.ts';
import { STATE_WORDS } from '../../core/applications/life.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

type Step = PackageFile['steps'][number];

interface PackageGraphProps {
  readonly pack: PackageFile;
  readonly opened: string | null;
  readonly open: (applicationId: string) => void;
}

/** Where a step stands in the picture. */
interface Place {
  readonly column: number;
  readonly row: number;
}

/** Each step right of all that it needs, in the first free row of its column. */
function placesOf(steps: readonly Step[]): Map<string, Place> {
  const columns = new Map<string, number>();
  const columnOf = (step: Step): number => {
    const known = columns.get(step.stepId);
    if (known !== undefined) return known;
    const before = steps.filter(({ stepId }) => step.needs.includes(stepId)).map(columnOf);
    const column = Math.max(-1, ...before) + 1;
    columns.set(step.stepId, column);
    return column;
  };
  const filled = new Map<number, number>();
  return new Map(
    steps.map((step) => {
      const column = columnOf(step);
      const row = filled.get(column) ?? 0;
      filled.set(column, row + 1);
      return [step.stepId, { column, row }];
    }),
  );
}

/** What a step needs straight: what one of its needs waits for itself goes without a line. */
function straightNeeds(step: Step, steps: readonly Step[]): string[] {
  const behind = new Set(steps.filter(({ stepId }) => step.needs.includes(stepId)).flatMap(({ needs }) => needs));
  return step.needs.filter((id) => !behind.has(id));
}

const ROW = 100;

/** The course of a package: what is done, what goes on, and what waits for which result. Each step is a button. */
export function PackageGraph({ pack, opened, open }: PackageGraphProps) {
  const words = useMessages(messages);
  const { steps } = pack;
  const places = placesOf(steps);
  const columns = Math.max(...Array.from(places.values(), ({ column }) => column)) + 1;
  const rows = Math.max(...Array.from(places.values(), ({ row }) => row)) + 1;
  const gridTemplateColumns = Array.from({ length: columns }, () => 'minmax(12rem, 1fr)').join(' 3rem ');
  return (
    <div className="package-ground" role="region" aria-label={words.graph} tabIndex={0}>
      <div className="package-graph" style={{ gridTemplateColumns }}>
        <ul>
          {steps.map((step) => {
            const { column, row } = places.get(step.stepId) as Place;
            return (
              <li key={step.stepId} style={{ gridColumn: column * 2 + 1, gridRow: row + 1 }}>
                <StepButton step={step} steps={steps} isOpened={opened === step.applicationId} open={open} />
              </li>
            );
          })}
        </ul>
        {Array.from({ length: columns - 1 }, (_, gap) => (
          <div key={gap} style={{ gridColumn: gap * 2 + 2, gridRow: `1 / ${rows + 1}` }}>
            <Lines steps={steps} places={places} gap={gap} rows={rows} />
          </div>
        ))}
      </div>
    </div>
  );
}

interface LinesProps {
  readonly steps: readonly Step[];
  readonly places: ReadonlyMap<string, Place>;
  readonly gap: number;
  readonly rows: number;
}

/** The lines from one column to the next. */
function Lines({ steps, places, gap, rows }: LinesProps) {
  const lines = steps.flatMap((step) => {
    const to = places.get(step.stepId) as Place;
    if (to.column !== gap + 1) return [];
    return straightNeeds(step, steps).flatMap((id) => {
      const from = places.get(id);
      return from?.column === gap ? [{ id: `${id}/${step.stepId}`, from: from.row, to: to.row }] : [];
    });
  });
  const middle = (row: number) => row * ROW + ROW / 2;
  return (
    <svg viewBox={`0 0 ${ROW} ${rows * ROW}`} preserveAspectRatio="none" aria-hidden="true">
      {lines.map(({ id, from, to }) => (
        <path key={id} d={`M0 ${middle(from)} C50 ${middle(from)} 50 ${middle(to)} 100 ${middle(to)}`} />
      ))}
    </svg>
  );
}

interface StepButtonProps {
  readonly step: Step;
  readonly steps: readonly Step[];
  readonly isOpened: boolean;
  readonly open: (applicationId: string) => void;
}

function StepButton({ step, steps, isOpened, open }: StepButtonProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { applicationId, state, name, number, waitsFor, begins, lastDay } = step;
  const nameOf = (id: string) => steps.find(({ stepId }) => stepId === id)?.name[language] ?? id;
  const short = (day: string | null) => day?.split('-').toReversed().slice(0, 2).join('.') ?? '';
  return (
    <button type="button" className={`step step-${state}`} aria-pressed={isOpened} onClick={() => open(applicationId)}>
      <strong>{name[language]}</strong>
      <span>
        {STATE_WORDS[state][language]}
        {number !== null && ` · ${number}`}
      </span>
      {waitsFor.length > 0 && state === 'blocked' && <span>{words.waitsFor(waitsFor.map(nameOf).join(', '))}</span>}
      {lastDay !== null && (
        <span className="when">
          {short(begins)} – {short(lastDay)}
        </span>
      )}
    </button>
  );
}
