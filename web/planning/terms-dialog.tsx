import { useState } from 'react';
import { SHIFT_KINDS } from '../../core/planning/shifts.ts';
import { call } from '../shared/client.ts';
import { useMessages } from '../shared/language.tsx';
import { Problem } from '../shared/problem.tsx';
import { Dialog } from '../shared/ui/dialog.tsx';
import { messages } from './messages/index.ts';
import type { Terms, WeekDraft } from './week-draft.ts';

interface TermsDialogProps {
  readonly centreId: number;
  readonly draft: WeekDraft;
  readonly accountId: string;
  readonly name: string;
  readonly groups: ReadonlyMap<string, string>;
  readonly groupIds: readonly NonNullable<Terms['groupIds']>[number][];
  readonly close: () => void;
}

const WEEK_HOURS_MAX = 60;

/** The terms on which a specialist works here: hours of the contract, lengths of shift, and which services the person knows. */
export function TermsDialog({ centreId, draft, accountId, name, groups, groupIds, close }: TermsDialogProps) {
  const { week: words } = useMessages(messages);
  const colleague = draft.colleagues?.find((one) => one.accountId === accountId);
  const [weekHours, setWeekHours] = useState(colleague?.weekHours ?? 0);
  const [lengths, setLengths] = useState<Terms['shiftHours']>(colleague?.shiftHours ?? []);
  const [known, setKnown] = useState(colleague?.groupIds ?? groupIds);
  const [fault, setFault] = useState<string | null>(null);
  const done = async () => {
    const isAll = groupIds.every((groupId) => known.includes(groupId));
    const terms: Terms = { weekHours, shiftHours: lengths, groupIds: isAll ? null : [...known] };
    const route = 'PUT /api/centres/:centreId/roster/people/:accountId';
    await call(route, { params: { centreId, accountId }, body: terms });
    draft.putTerms(accountId, terms);
    close();
  };
  return (
    <Dialog title={`${words.terms}: ${name}`} open close={close}>
      <form
        className="terms"
        onSubmit={(event) => {
          event.preventDefault();
          void done().catch((error: Error) => setFault(error.message));
        }}
      >
        <label>
          {words.weekHours}{' '}
          <input
            type="number"
            min={0}
            max={WEEK_HOURS_MAX}
            required
            value={weekHours}
            onChange={({ target }) => setWeekHours(Number(target.value))}
          />
        </label>
        <Checks
          label={words.lengths}
          options={SHIFT_KINDS.map(({ hours }) => ({
            value: hours as Terms['shiftHours'][number],
            label: words.shiftOf(hours),
          }))}
          chosen={lengths}
          choose={setLengths}
        />
        <Checks
          label={words.knows}
          options={groupIds.map((groupId) => ({ value: groupId, label: groups.get(groupId) ?? groupId }))}
          chosen={known}
          choose={setKnown}
        />
        <Problem text={fault} />
        <div className="dialog-actions">
          <button type="button" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" className="main-action" disabled={known.length === 0}>
            {words.apply}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface ChecksProps<Value> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: readonly Value[];
  readonly choose: (chosen: Value[]) => void;
}

/** Several of a few. */
function Checks<Value extends string | number>({ label, options, chosen, choose }: ChecksProps<Value>) {
  return (
    <fieldset>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={({ target }) =>
              choose(target.checked ? [...chosen, option.value] : chosen.filter((value) => value !== option.value))
            }
          />{' '}
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
