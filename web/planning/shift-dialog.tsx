import { useState } from 'react';
import type { RosterShift } from '../../contract/rosters.ts';
import { SHIFT_KINDS } from '../../core/planning/shifts.ts';
import { shiftAt } from '../../core/planning/week.ts';
import { call } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { Problem } from '../shared/problem.tsx';
import { Choice } from '../shared/ui/choice.tsx';
import { Dialog } from '../shared/ui/dialog.tsx';
import { longDay, timeOf } from './days.ts';
import { messages } from './messages/index.ts';
import { type Mark, markOf, type WeekDraft } from './week-draft.ts';

interface ShiftDialogProps {
  readonly centreId: number;
  readonly draft: WeekDraft;
  readonly accountId: string;
  readonly name: string;
  readonly day: RosterShift['day'];
  readonly close: () => void;
}

const NONE = 'none';
const ORDINARY = 'ordinary';

/** A specialist's day: which shift, from when, and whether it is a day off. Breaks are placed where the hall is least short. */
export function ShiftDialog(props: ShiftDialogProps) {
  const { name, day, close } = props;
  const { week: words } = useMessages(messages);
  const { language } = useLanguage();
  const [fault, setFault] = useState<string | null>(null);
  const { hours, setHours, shift, begins, setStart, open, mark, setMark, done } = useShiftChoice(props);
  const { need, opensMinute } = open;
  return (
    <Dialog title={`${name}, ${longDay(day, language)}`} open close={close}>
      <Choice
        label={words.shift}
        value={hours}
        choose={setHours}
        options={[
          { value: NONE, label: words.none },
          ...SHIFT_KINDS.filter((kind) => kind.hours * 2 <= need.length).map((kind) => ({
            value: String(kind.hours),
            label: words.shiftOf(kind.hours),
          })),
        ]}
      />
      {shift !== null && (
        <>
          <label className="day-choice">
            {words.starts}{' '}
            <select value={begins} onChange={({ target }) => setStart(Number(target.value))}>
              {Array.from({ length: need.length - shift.hours * 2 + 1 }, (_, half) => (
                <option key={half} value={half}>
                  {timeOf(opensMinute + half * 30)}
                </option>
              ))}
            </select>
          </label>
          <Breaks shift={shift} opensMinute={opensMinute} />
        </>
      )}
      <Choice
        label={words.mark}
        value={mark ?? ORDINARY}
        choose={(value) => setMark(value === ORDINARY ? null : value)}
        options={[
          { value: ORDINARY, label: words.ordinary },
          { value: 'off', label: words.marks.off },
          { value: 'rather-not', label: words.marks['rather-not'] },
        ]}
      />
      <Problem text={fault} />
      <div className="dialog-actions">
        <button type="button" onClick={close}>
          {words.cancel}
        </button>
        <button
          type="button"
          className="main-action"
          onClick={() => void done().then(close, (error: Error) => setFault(error.message))}
        >
          {words.apply}
        </button>
      </div>
    </Dialog>
  );
}

/** What is chosen in the dialog so far, and carrying it out. */
function useShiftChoice({ centreId, draft, accountId, day }: ShiftDialogProps) {
  const own = draft.open.find((shift) => shift.accountId === accountId && shift.day === day);
  const colleague = draft.colleagues?.find((one) => one.accountId === accountId);
  const was = colleague === undefined ? null : markOf(colleague, day);
  const [hours, setHours] = useState(String(own?.hours ?? NONE));
  const [start, setStart] = useState(own?.start ?? 0);
  const [mark, setMark] = useState<Mark>(was);
  const open = draft.problem.days.find((one) => one.day === day) ?? { need: [], opensMinute: 0 };
  const begins = hours === NONE ? start : Math.min(start, open.need.length - Number(hours) * 2);
  const isSame = own !== undefined && own.start === begins && String(own.hours) === hours;
  const chosen = { personId: accountId, day, start: begins, hours: Number(hours) };
  const shift = hours === NONE ? null : isSame ? own : shiftAt(draft.problem, draft.assignments, chosen);
  const done = async () => {
    if (mark !== was) {
      const route = 'PUT /api/centres/:centreId/roster/people/:accountId/days/:day';
      await call(route, { params: { centreId, accountId, day }, body: { mark } });
      draft.putMark(accountId, day, mark);
    }
    if (isSame || (own === undefined && shift === null)) return;
    draft.putShift(accountId, day, shift && { start: shift.start, hours: shift.hours, slots: [...shift.slots] });
  };
  return { hours, setHours, shift, begins, setStart, open, mark, setMark, done };
}

interface BreaksProps {
  readonly shift: Pick<RosterShift, 'start' | 'hours'> & { readonly slots: readonly number[] };
  readonly opensMinute: number;
}

function Breaks({ shift: { start, hours, slots }, opensMinute }: BreaksProps) {
  const { week: words } = useMessages(messages);
  const away = Array.from({ length: hours * 2 }, (_, slot) => start + slot).filter((slot) => !slots.includes(slot));
  if (away.length === 0) return null;
  return <p className="quiet">{words.breaks(away.map((slot) => timeOf(opensMinute + slot * 30)).join(', '))}</p>;
}
