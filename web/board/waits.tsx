import type { Centre } from '../../contract/network.ts';
import { generalService } from '../../core/queue/configuration.ts';
import type { Hall } from '../../core/queue/hall.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { useAnswer } from '../shared/answers.ts';
import { minutesOf } from '../shared/spans.ts';
import { messages } from './messages/index.ts';

const ASK_EVERY_MS = 20_000;
const LINES = 8;

/** How many wait for what, and the wait of a visitor who came now. The longest lines first. */
export function Waits({ hall, groups }: { readonly hall: Hall; readonly groups: Centre['groups'] }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { centreId } = hall;
  const waits = useAnswer('GET /api/centres/:centreId/waits', { params: { centreId } }, ASK_EVERY_MS);
  const lines = hall.waiting
    .filter(({ visits }) => visits > 0)
    .toSorted((a, b) => b.visits - a.visits)
    .slice(0, LINES);
  const all = hall.waiting.reduce((sum, line) => sum + line.visits, 0);
  return (
    <section className="waits" aria-labelledby="waits">
      <h2 id="waits">{words.waiting(all)}</h2>
      <ul>
        {lines.map(({ groupId, visits }) => {
          const range = waits?.find(({ serviceId }) => serviceId === generalService(groupId))?.wait ?? null;
          return (
            <li key={groupId}>
              <span>{groups.find((group) => group.groupId === groupId)?.name[language] ?? groupId}</span>
              <strong>{visits}</strong>
              <span className="quiet">{range === null ? '' : words.minutes(...minutesOf(range))}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
