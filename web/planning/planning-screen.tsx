import { useState } from 'react';
import type { Outlook } from '../../contract/planning.ts';
import { coverOf } from '../../core/planning/shifts.ts';
import { useParameter } from '../shared/address.ts';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { call } from '../shared/client.ts';
import { Frame } from '../shared/frame.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useQuery } from '../shared/query.ts';
import { dayNamed, daysAfter } from './days.ts';
import { Effect } from './effect.tsx';
import { messages } from './messages/index.ts';
import { OutlookCharts, Reasons } from './outlook-charts.tsx';
import { PlanningPages } from './planning-pages.tsx';
import { type Placed, ShiftsBoard } from './shifts-board.tsx';

/** The head of a centre sees a day to come, chooses its shifts, has it played, and reads what it costs and gives. */
export function PlanningScreen() {
  const [centreId = 0] = numbersInAddress('centre');
  const words = useMessages(messages);
  const { language } = useLanguage();
  const centre = useCentre(centreId);
  const [chosen, setChosen] = useParameter('day');
  const day = dayNamed(chosen) ?? (centre === null ? null : daysAfter(centre.today, 1));
  const outlook = useQuery(
    'GET /api/centres/:centreId/outlook',
    day === null ? null : { params: { centreId }, query: { day } },
  );
  return (
    <Frame over={words.title} title={centre?.name[language]} timeZone={centre?.timeZone ?? null}>
      <PlanningPages centreId={centreId} page="day" />
      <label className="day-choice">
        {words.day}{' '}
        <input
          type="date"
          value={day ?? ''}
          onChange={({ target }) => setChosen(target.value === '' ? null : target.value)}
        />
      </label>
      {outlook.pending && <p role="status">{words.loading}</p>}
      <QueryState of={outlook} calm signIn={words.signIn} />
      {outlook.data !== null && <DayPlan key={outlook.data.day} outlook={outlook.data} />}
    </Frame>
  );
}

/** Everything about one day; another day starts afresh. */
function DayPlan({ outlook }: { readonly outlook: Outlook }) {
  const words = useMessages(messages);
  const [shifts, setShifts] = useState<readonly Placed[] | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { centreId, day, halfHours } = outlook;
  const need = halfHours.map((half) => half.need);
  const plan = shifts === null ? halfHours.map(({ planned }) => planned ?? 0) : coverOf(halfHours.length, shifts);
  const keep = (windows: number[] | null) =>
    call('PUT /api/centres/:centreId/day-plan', { params: { centreId }, body: { day, windows } }).then(
      () => setSaid(windows === null ? words.keptOff : words.kept),
      (error: Error) => setSaid(error.message),
    );
  return (
    <>
      <Reasons outlook={outlook} />
      <OutlookCharts outlook={outlook} plan={plan} />
      <ShiftsBoard outlook={outlook} shifts={shifts ?? []} change={setShifts} />
      <p role="status">{words.short(need.filter((windows, half) => (plan[half] ?? 0) < windows).length)}</p>
      <Effect centreId={centreId} day={day} plan={plan} />
      <div className="row-actions">
        <button type="button" className="main-action" disabled={shifts === null} onClick={() => void keep(plan)}>
          {words.keep}
        </button>
        <button type="button" onClick={() => void keep(null)}>
          {words.keepOff}
        </button>
      </div>
      <p role="status">{said ?? ''}</p>
    </>
  );
}
