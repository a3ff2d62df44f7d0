import { useState } from 'react';
import type { ColleagueReply, RosterReply, RosterShift } from '../../contract/rosters.ts';
import { call, CallProblem } from '../shared/client.ts';
import { useMessages } from '../shared/language.tsx';
import { Said, type SaidWords } from '../shared/problem.tsx';
import { DayOfRoster } from './day-of-roster.tsx';
import { messages } from './messages/index.ts';
import { ShiftDialog } from './shift-dialog.tsx';
import { TermsDialog } from './terms-dialog.tsx';
import { useWeekDraft, type WeekDraft } from './week-draft.ts';
import { WeekSums } from './week-sums.tsx';
import { WeekTable } from './week-table.tsx';

interface WeekRosterProps {
  readonly centreId: number;
  readonly roster: RosterReply;
  /** The terms of all specialists; null for a reader without the right to change. */
  readonly colleagues: readonly ColleagueReply[] | null;
  readonly groups: ReadonlyMap<string, string>;
}

/** The subject of a dialog: a day of a specialist, or their terms (no day). */
interface Touched {
  readonly accountId: string;
  readonly day: RosterShift['day'] | null;
}

/** A week as it would be kept: the table, what is wrong with it, and what a day of it gives. */
export function WeekRoster({ centreId, roster, colleagues, groups }: WeekRosterProps) {
  const draft = useWeekDraft(roster, colleagues);
  const [chosen, setChosen] = useState((roster.days.find(({ over }) => !over) ?? roster.days[0])?.day);
  const [touched, setTouched] = useState<Touched | null>(null);
  const shown = roster.days.find(({ day }) => day === chosen);
  const about = {
    centreId,
    draft,
    accountId: touched?.accountId ?? '',
    name: roster.people.find(({ accountId }) => accountId === touched?.accountId)?.name ?? '',
    close: () => setTouched(null),
  };
  return (
    <>
      <WeekTable
        roster={roster}
        draft={draft}
        chosen={chosen ?? null}
        choose={setChosen}
        touch={(accountId, day) => setTouched({ accountId, day })}
      />
      {draft.colleagues !== null && (
        <>
          <WeekSums roster={roster} draft={draft} groups={groups} />
          <WeekActions centreId={centreId} roster={roster} draft={draft} groups={groups} />
        </>
      )}
      {shown !== undefined && <DayOfRoster centreId={centreId} shown={shown} shifts={draft.shifts} />}
      {touched !== null && touched.day !== null && <ShiftDialog {...about} day={touched.day} />}
      {touched !== null && touched.day === null && (
        <TermsDialog {...about} groups={groups} groupIds={roster.groupIds} />
      )}
    </>
  );
}

interface WeekActionsProps {
  readonly centreId: number;
  readonly roster: RosterReply;
  readonly draft: WeekDraft;
  readonly groups: ReadonlyMap<string, string>;
}

/** A roster is found, kept, or left as it was. */
function WeekActions({ centreId, roster: { monday, days }, draft, groups }: WeekActionsProps) {
  const { week: words } = useMessages(messages);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<SaidWords | null>(null);
  const run = (work: () => Promise<string>, meanwhile: string | null) => {
    setBusy(true);
    setSaid(meanwhile === null ? null : { text: meanwhile, problem: false });
    void work()
      .then(
        (text) => setSaid({ text, problem: false }),
        (error: Error) => setSaid({ text: error.message, problem: true }),
      )
      .finally(() => setBusy(false));
  };
  const params = { centreId };
  /** The sentence with the name of the group that it is about. */
  const named = (error: Error): never => {
    const name = error instanceof CallProblem ? groups.get(String(error.params['groupId'])) : undefined;
    throw name === undefined ? error : new Error(`${error.message} ${words.groupMeant(name)}`);
  };
  const find = async () => {
    const body = { day: days[0]?.day ?? monday };
    const { shifts } = await call('POST /api/centres/:centreId/roster/suggestions', { params, body }).catch(named);
    draft.putOpen(shifts);
    return words.found;
  };
  const keep = async () => {
    const body = { day: monday, version: draft.version, shifts: [...draft.open] };
    const { version } = await call('PUT /api/centres/:centreId/roster', { params, body });
    draft.kept(version);
    return words.kept;
  };
  return (
    <section aria-label={words.title}>
      <div className="row-actions">
        <button type="button" disabled={busy} onClick={() => run(find, words.finding)}>
          {words.find}
        </button>
        <button
          type="button"
          className="main-action"
          disabled={busy || !draft.isChanged}
          onClick={() => run(keep, null)}
        >
          {words.keep}
        </button>
        <button type="button" disabled={busy || !draft.isChanged} onClick={draft.undo}>
          {words.back}
        </button>
      </div>
      {draft.isChanged && <p className="quiet">{words.unsaved}</p>}
      <Said said={draft.isChanged && said?.text === words.kept ? null : said} />
    </section>
  );
}
