import type { PackageFile } from '../../contract/packages.ts';
import { STATE_WORDS } from '../../core/applications/life.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { StepGraph } from '../shared/step-graph.tsx';
import { messages } from './messages/index.ts';

type Step = PackageFile['steps'][number];

interface PackageGraphProps {
  readonly pack: PackageFile;
  readonly opened: string | null;
  readonly open: (applicationId: string) => void;
}

/** The course of a package: what is done, what goes on, and what waits for which result. Each step is a button. */
export function PackageGraph({ pack: { steps }, opened, open }: PackageGraphProps) {
  const words = useMessages(messages);
  return (
    <StepGraph
      label={words.graph}
      steps={steps}
      draw={(step) => <StepButton step={step} steps={steps} isOpened={opened === step.applicationId} open={open} />}
    />
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
