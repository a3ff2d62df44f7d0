import { Link, useParameter } from '../shared/address.ts';
import { useMessages } from '../shared/language.tsx';
import { paths, withParameters } from '../shared/paths.ts';
import { messages } from './messages/index.ts';

interface PagesProps {
  readonly centreId: number;
  readonly page: 'day' | 'week';
}

/** From the windows of a day to the people of a week, and back. */
export function PlanningPages({ centreId, page }: PagesProps) {
  const words = useMessages(messages);
  const [day] = useParameter('day');
  const pages = [
    ['day', paths.planning(centreId), words.title],
    ['week', paths.planningWeek(centreId), words.week.title],
  ] as const;
  return (
    <nav aria-label={words.pages}>
      {pages.map(([name, address, label]) => (
        <Link key={name} href={withParameters(address, { day })} aria-current={name === page ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
