import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { dayInDigits } from '../../../core/time/day-in-digits.ts';
import { useLanguage, useMessages } from '../language.tsx';
import { messages } from './messages/index.ts';
import { useVariant } from './passport.ts';

/** What the centre asked of agencies itself: of whom, until when, and whether it came. */
export function Queries({ file }: { readonly file: ApplicationFile }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const variant = useVariant(file.serviceId, file.version, file.variant);
  if (file.queries.length === 0) return null;
  const nameOf = (kind: string | null) =>
    variant?.evidence.find((one) => one.kind === kind)?.name[language] ?? kind ?? '';
  return (
    <section aria-labelledby="queries">
      <h3 id="queries">{words.queries}</h3>
      <ul>
        {file.queries.map(({ messageId, agency, evidence, state, dueOn, fault }) => {
          const isLate = state !== 'answered' && dueOn !== null && dueOn < file.today;
          return (
            <li key={messageId}>
              {nameOf(evidence)} · {agency[language]} · {words.queryStates[state]}
              {state !== 'answered' && dueOn !== null && ` · ${words.queryDue(dayInDigits(dueOn))}`}
              {isLate && <strong> · {words.queryLate}</strong>}
              {state === 'answered' && fault !== null && ` (${fault})`}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
