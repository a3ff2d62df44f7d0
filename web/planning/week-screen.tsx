import type { RosterReply } from '../../contract/rosters.ts';
import { useParameter } from '../shared/address.ts';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { Frame } from '../shared/frame.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useQuery } from '../shared/query.ts';
import { dayNamed, daysAfter } from './days.ts';
import { messages } from './messages/index.ts';
import { PlanningPages } from './planning-pages.tsx';
import { WeekRoster } from './week-roster.tsx';
import { paths } from '../shared/paths.ts';

/** The roster of a week: the head of the centre drafts it, changes it, sees its effect and saves it; others read it. */
export function WeekScreen() {
  const [centreId = 0] = numbersInAddress('centre');
  const { week: words } = useMessages(messages);
  const { language } = useLanguage();
  const centre = useCentre(centreId);
  const [chosen, setChosen] = useParameter('day');
  const day = dayNamed(chosen) ?? (centre === null ? null : daysAfter(centre.today, 1));
  return (
    <Frame over={words.title} title={centre?.name[language]} timeZone={centre?.timeZone ?? null}>
      <PlanningPages centreId={centreId} page="week" />
      {day !== null && centre !== null && (
        <>
          <div className="row-actions">
            <button type="button" onClick={() => setChosen(daysAfter(day, -7))}>
              {words.before}
            </button>
            <label className="day-choice">
              {words.weekOf}{' '}
              <input
                type="date"
                value={day}
                onChange={({ target }) => setChosen(target.value === '' ? null : target.value)}
              />
            </label>
            <button type="button" onClick={() => setChosen(daysAfter(day, 7))}>
              {words.after}
            </button>
          </div>
          <Week
            key={day}
            centreId={centreId}
            day={day}
            groups={new Map(centre.groups.map(({ groupId, name }) => [groupId, name[language]]))}
          />
        </>
      )}
    </Frame>
  );
}

interface WeekProps {
  readonly centreId: number;
  readonly day: RosterReply['monday'];
  readonly groups: ReadonlyMap<string, string>;
}

/** One week, once it is known; another starts afresh. */
function Week({ centreId, day, groups }: WeekProps) {
  const { week: words, signIn } = useMessages(messages);
  const asked = { params: { centreId }, query: { day } };
  const known = useQuery('GET /api/centres/:centreId/roster', asked);
  // A person without the right to run the centre only reads the roster.
  const colleagues = useQuery('GET /api/centres/:centreId/roster/people', asked);
  const roster = known.data;
  if (known.error === null && (known.pending || colleagues.pending)) return <p role="status">{words.loading}</p>;
  if (roster === null) return <QueryState of={known} signIn={signIn} />;
  if (roster.days.length === 0) return <p role="status">{words.closed}</p>;
  if (roster.people.length === 0)
    return (
      <p role="status">
        {words.nobody} <a href={paths.officePage('staff')}>{words.staff}</a>
      </p>
    );
  return <WeekRoster centreId={centreId} roster={roster} colleagues={colleagues.data} groups={groups} />;
}
