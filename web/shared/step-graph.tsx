import type { ReactNode } from 'react';
import './step-graph.css';

/** A step of something that is done in an order: the steps that it needs are to the left of it. */
export interface GraphStep {
  readonly stepId: string;
  readonly needs: readonly string[];
}

/** The position of a step in the picture. */
interface Place {
  readonly column: number;
  readonly row: number;
}

/** Each step right of all that it needs, in the first free row of its column; a circle is cut where it is met. */
function placesOf(steps: readonly GraphStep[]): Map<string, Place> {
  const columns = new Map<string, number>();
  const columnOf = (step: GraphStep, behind: readonly string[]): number => {
    const known = columns.get(step.stepId);
    if (known !== undefined) return known;
    const before = steps
      .filter(({ stepId }) => step.needs.includes(stepId) && !behind.includes(stepId))
      .map((one) => columnOf(one, [...behind, step.stepId]));
    const column = Math.max(-1, ...before) + 1;
    columns.set(step.stepId, column);
    return column;
  };
  const filled = new Map<number, number>();
  return new Map(
    steps.map((step) => {
      const column = columnOf(step, []);
      const row = filled.get(column) ?? 0;
      filled.set(column, row + 1);
      return [step.stepId, { column, row }];
    }),
  );
}

/** What a step needs straight: what one of its needs waits for itself goes without a line. */
function straightNeeds(step: GraphStep, steps: readonly GraphStep[]): string[] {
  const behind = new Set(steps.filter(({ stepId }) => step.needs.includes(stepId)).flatMap(({ needs }) => needs));
  return step.needs.filter((id) => !behind.has(id));
}

const ROW = 100;

interface StepGraphProps<Step extends GraphStep> {
  readonly label: string;
  readonly steps: readonly Step[];
  readonly draw: (step: Step) => ReactNode;
}

/** Steps as a picture from left to right, with a line from each to what waits for it. */
export function StepGraph<Step extends GraphStep>({ label, steps, draw }: StepGraphProps<Step>) {
  const places = placesOf(steps);
  const columns = Math.max(0, ...Array.from(places.values(), ({ column }) => column)) + 1;
  const rows = Math.max(0, ...Array.from(places.values(), ({ row }) => row)) + 1;
  const gridTemplateColumns = Array.from({ length: columns }, () => 'minmax(12rem, 1fr)').join(' 3rem ');
  return (
    <div className="step-ground" role="region" aria-label={label} tabIndex={0}>
      <div className="step-graph" style={{ gridTemplateColumns }}>
        <ul>
          {steps.map((step) => {
            const { column, row } = places.get(step.stepId) as Place;
            return (
              <li key={step.stepId} style={{ gridColumn: column * 2 + 1, gridRow: row + 1 }}>
                {draw(step)}
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
  readonly steps: readonly GraphStep[];
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
