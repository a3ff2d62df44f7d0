import { useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

interface PagesProps {
  readonly centreId: number;
  readonly page: 'day' | 'week';
}

/** From the windows of a day to the people of a week, and back. */
export function PlanningPages({ centreId, page }: PagesProps) {
  const words = useMessages(messages);
  const at = `/planning/${centreId}`;
  const pages = [
    ['day', at, words.title],
    ['week', `${at}/week`, words.week.title],
  ] as const;
  return (
    <nav aria-label={words.pages}>
      {pages.map(([name, address, label]) => (
        <a key={name} href={address + location.search} aria-current={name === page ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
