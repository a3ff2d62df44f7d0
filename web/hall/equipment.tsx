import { useLanguage, useMessages } from '../shared/language.tsx';
import { useAnswer } from '../shared/answers.ts';
import { messages } from './messages/index.ts';

const ASK_EVERY_MS = 30_000;

/** What stands in the hall and is broken, and since when. */
export function Equipment({ centreId }: { readonly centreId: number }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const file = useAnswer('GET /api/centres/:centreId/file', { params: { centreId } }, ASK_EVERY_MS);
  const broken = file?.equipment.filter(({ brokenSince }) => brokenSince !== null) ?? [];
  return (
    <section aria-labelledby="equipment">
      <h2 id="equipment">{words.broken(broken.length)}</h2>
      <ul>
        {broken.map(({ equipmentId, name, windowId, brokenSince }) => (
          <li key={equipmentId}>
            {name[language]}
            {windowId !== null && `, ${words.window(windowId)}`} — {words.since(String(brokenSince))}
          </li>
        ))}
      </ul>
    </section>
  );
}
