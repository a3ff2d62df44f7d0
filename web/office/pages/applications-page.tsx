import { useState } from 'react';
import type { ApplicationFigures } from '../../../contract/application-figures.ts';
import { addDays, civilDateOf, type CivilDate, type TimeZone } from '../../../core/time/civil.ts';
import { useClock } from '../../shared/clock.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';

const KINDS = ['service', 'centre', 'agency'] as const;
const DAYS_SHOWN = 30;
const UTC = 'UTC' as TimeZone;

/** What is counted of applications; no group of fewer than five people is shown. */
export function ApplicationsPage() {
  const clock = useClock();
  if (clock.now === null) return null;
  const today = civilDateOf(clock.now, UTC);
  return <Figures from={addDays(today, -DAYS_SHOWN)} to={today} />;
}

function Figures(first: { readonly from: CivilDate; readonly to: CivilDate }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [wish, setWish] = useState({ ...first, by: 'service' as (typeof KINDS)[number] });
  const figures = useQuery('GET /api/application-figures', { query: wish });
  const shown = (count: number | null) => (count === null ? words.fewerThanFive : count);
  const nameOf = ({ key, name }: ApplicationFigures) => (key === null ? words.smallGroups : (name?.[language] ?? key));
  return (
    <>
      <form
        className="form"
        aria-label={words.pages.applications}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const day = (name: string) => String(form.get(name)) as CivilDate;
          setWish({ from: day('from'), to: day('to'), by: String(form.get('by')) as (typeof KINDS)[number] });
        }}
      >
        <label>
          <span>{words.figuresFrom}</span>
          <input type="date" name="from" required defaultValue={wish.from} />
        </label>
        <label>
          <span>{words.figuresTo}</span>
          <input type="date" name="to" required defaultValue={wish.to} />
        </label>
        <label>
          <span>{words.figuresBy}</span>
          <select name="by" defaultValue={wish.by}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {words.figureKinds[kind]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{words.count}</button>
      </form>
      <QueryState of={figures} />
      {figures.data !== null && (
        <DataTable
          name={words.pages.applications}
          rows={figures.data}
          keyOf={({ key }) => key ?? ''}
          columns={[
            { label: words.figureKinds[wish.by], value: nameOf },
            { label: words.registeredOnes, value: ({ registered }) => registered },
            { label: words.openOnes, value: ({ open }) => shown(open) },
            { label: words.refusedOnes, value: ({ refused }) => shown(refused) },
            { label: words.lateOnes, value: ({ late }) => shown(late) },
          ]}
        />
      )}
    </>
  );
}
