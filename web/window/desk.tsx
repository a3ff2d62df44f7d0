import { useCallback, useEffect, useRef, useState } from 'react';
import type { Centre } from '../../contract/network.ts';
import type { ScreenSettings } from '../../contract/screens.ts';
import type { Hall, HallWindow } from '../../core/queue/hall.ts';
import { CallProblem } from '../shared/client.ts';
import { useClock } from '../shared/clock.tsx';
import { useMessages } from '../shared/language.tsx';
import { onClock } from '../shared/spans.ts';
import {
  type ActionName,
  actionOfKey,
  type Asking,
  deskActions,
  type DeskView,
  immediate,
  KEYS,
  nextAction,
} from './desk-actions.ts';
import { AskingDialog } from './dialogs/asking.tsx';
import { Help } from './help.tsx';
import { messages } from './messages/index.ts';
import { OwnDay } from './own-day.tsx';
import { SkillChoice, useSkills } from './skills.tsx';
import type { DeskReply } from './use-desk.ts';
import { VisitCard } from './visit-card.tsx';
import { Problem } from '../shared/problem.tsx';

export interface DeskProps {
  readonly centre: Centre;
  readonly settings: ScreenSettings['hall'];
  readonly hall: Hall;
  readonly window: HallWindow;
  readonly desk: DeskReply | null;
  readonly specialistId: string | null;
  readonly offline: boolean;
}

/** The window itself: the state in words, the number, and the possible actions; the rest is next to it. */
export function Desk({ centre, settings, hall, window, desk, specialistId, offline }: DeskProps) {
  const words = useMessages(messages);
  const { now } = useClock();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const groupIds = centre.windowGroups.find(({ windowId }) => windowId === window.windowId)?.groupIds ?? [];
  const skills = useSkills(`${centre.centreId}-${window.windowId}`, groupIds);
  const view: DeskView = { hall, window, skills: skills.chosen, specialistId };
  const { state } = window;
  const actions = deskActions(window, hall.stopped !== null);

  const run = async (work: (given: DeskView) => Promise<unknown>) => {
    setBusy(true);
    setProblem(null);
    setAsking(null);
    await work(view).catch((error: Error) => {
      setProblem(error.message);
      // They are chosen for the specialist, who presses again.
      if (error instanceof CallProblem && error.code === 'skills-fixed')
        skills.hold(error.params['skills'] as typeof skills.chosen);
    });
    setBusy(false);
  };
  const act = (name: ActionName) => {
    if (busy || offline) return;
    const work = (immediate as Partial<Record<ActionName, (given: DeskView) => Promise<unknown>>>)[name];
    if (work === undefined) setAsking(name as Asking);
    else void run(work);
  };
  useKeys((event) => {
    const name = asking === null ? actionOfKey(actions, event) : null;
    if (name === null) return;
    event.preventDefault();
    act(name);
  });
  const waiting = hall.waiting.reduce((sum, line) => sum + line.visits, 0);
  const spent = now === null ? null : now - window.since;

  return (
    <div className="place">
      <section className={`desk ${state}`} aria-label={words.states[state]}>
        <p className="state" role="status">
          {words.states[state]}
          {spent !== null && state !== 'closed' && <span className="timer"> {onClock(spent)}</span>}
        </p>
        {window.visit !== null && <p className="number">{window.visit.number}</p>}
        {window.ending !== null && <p>{words.ending(window.ending === 'close')}</p>}
        {hall.stopped !== null && <p className="problem">{words.stopped}</p>}
        <Forgotten spentMs={state === 'serving' ? spent : null} minutes={settings.forgottenMinutes} />
        <Problem text={problem} />
        {state === 'closed' && <SkillChoice centre={centre} groupIds={groupIds} skills={skills} />}
        <Actions window={window} actions={actions} disabled={busy || offline} act={act} />
        <p className="quiet">{words.waiting(waiting)}</p>
      </section>
      <Beside centre={centre} hall={hall} window={window} desk={desk} settings={settings} />
      <AskingDialog
        asking={asking}
        centre={centre}
        visit={desk?.visit ?? null}
        view={view}
        run={run}
        close={() => setAsking(null)}
      />
    </div>
  );
}

/** The parts next to the big button: the visit, help, and the own day. */
function Beside({
  centre,
  hall,
  window,
  desk,
  settings,
}: Pick<DeskProps, 'centre' | 'hall' | 'window' | 'desk' | 'settings'>) {
  const visit = desk?.visit ?? null;
  return (
    <aside>
      {window.visit !== null && visit !== null && (
        <VisitCard centre={centre} day={hall.day} windowId={window.windowId} visit={visit} />
      )}
      <Help centreId={centre.centreId} windowId={window.windowId} />
      {window.state !== 'closed' && desk !== null && <OwnDay figures={desk.figures} settings={settings} />}
    </aside>
  );
}

interface ActionsProps {
  readonly window: HallWindow;
  readonly actions: readonly ActionName[];
  readonly disabled: boolean;
  readonly act: (name: ActionName) => void;
}

/** The next thing to do, large; then everything else. While the hall looks for a visitor there is nothing to do. */
function Actions({ window: { state, visit }, actions, disabled, act }: ActionsProps) {
  const main = nextAction(actions);
  const others = actions.filter((name) => name !== main);
  return (
    <div className="actions">
      {main !== null && (
        <ActionButton key={`${state}/${visit?.visitId ?? ''}`} name={main} main disabled={disabled} act={act} />
      )}
      {others.map((name) => (
        <ActionButton key={name} name={name} disabled={disabled} act={act} />
      ))}
    </div>
  );
}

interface ActionButtonProps {
  readonly name: ActionName;
  readonly main?: boolean;
  readonly disabled: boolean;
  readonly act: (name: ActionName) => void;
}

/** The big one has the keyboard whenever there is something new to do. */
function ActionButton({ name, main = false, disabled, act }: ActionButtonProps) {
  const words = useMessages(messages);
  const focus = useCallback(
    (button: HTMLButtonElement | null) => {
      if (main) button?.focus({ preventScroll: true });
    },
    [main],
  );
  return (
    <button
      type="button"
      ref={focus}
      className={main ? 'main-action' : ''}
      disabled={disabled}
      aria-keyshortcuts={KEYS[name]}
      onClick={() => act(name)}
    >
      {words[name]} <kbd aria-hidden="true">{KEYS[name]}</kbd>
    </button>
  );
}

/** A service that goes on unusually long: it may be over, and only the word is missing. */
function Forgotten({ spentMs, minutes }: { readonly spentMs: number | null; readonly minutes: number }) {
  const words = useMessages(messages);
  if (spentMs === null || spentMs < minutes * 60_000) return null;
  return (
    <p className="hint" role="status">
      {words.forgotten}
    </p>
  );
}

function useKeys(listen: (event: KeyboardEvent) => void): void {
  const newest = useRef(listen);
  useEffect(() => {
    newest.current = listen;
  }, [listen]);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => newest.current(event);
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}
