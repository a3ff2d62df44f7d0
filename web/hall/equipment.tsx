import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useQuery } from '../shared/query.ts';
import { messages } from './messages/index.ts';
import { localeOf } from '../shared/locale.ts';

const ASK_EVERY_MS = 30_000;

interface EquipmentProps {
  readonly centreId: number;
  readonly timeZone: string;
}

/** Broken equipment of the hall, and since when. */
export function Equipment({ centreId, timeZone }: EquipmentProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const file = useQuery('GET /api/centres/:centreId/file', { params: { centreId } }, ASK_EVERY_MS);
  if (file.data === null) return <QueryState of={file} />;
  const broken = file.data.equipment.filter(({ brokenSince }) => brokenSince !== null);
  const moment = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'short', timeStyle: 'short', timeZone });
  return (
    <section aria-labelledby="equipment">
      <h2 id="equipment">{words.broken(broken.length)}</h2>
      <QueryState of={file} />
      <ul>
        {broken.map(({ equipmentId, name, windowId, brokenSince }) => (
          <li key={equipmentId}>
            {name[language]}
            {windowId !== null && `, ${words.window(windowId)}`} — {words.since(moment.format(brokenSince ?? 0))}
          </li>
        ))}
      </ul>
    </section>
  );
}
