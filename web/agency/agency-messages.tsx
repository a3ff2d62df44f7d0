import { faultInWords } from '../../core/applications/task-words.ts';
import { dayInDigits } from '../../core/time/day-in-digits.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../shared/query.ts';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

const ASK_EVERY_MS = 10_000;
const CHANGED = ['GET /api/agencies/:agencyId/messages'] as const;

/** What was sent by wire and is not answered; what did not arrive is sent again by a press of a button. */
export function AgencyMessages({ agencyId }: { readonly agencyId: string }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const known = useQuery('GET /api/agencies/:agencyId/messages', { params: { agencyId } }, ASK_EVERY_MS);
  const again = useChange('POST /api/agencies/:agencyId/messages/:messageId/resend', CHANGED);
  const answered = useChange('POST /api/agencies/:agencyId/answers', CHANGED);
  const sent = known.data;
  const resend = (messageId: string) => again.run({ params: { agencyId, messageId } });
  const answer = (messageId: string, kind: 'evidence' | 'no-evidence') =>
    answered.run({ params: { agencyId }, body: { answerId: crypto.randomUUID(), messageId, says: { kind } } });
  return (
    <section aria-labelledby="messages">
      <h2 id="messages">{words.messagesTitle}</h2>
      <QueryState of={known} />
      {sent?.length === 0 && <p>{words.noMessages}</p>}
      <ul>
        {sent?.map(({ messageId, number, kind, evidence, dueOn, state, fault }) => (
          <li key={messageId}>
            {number} · {kind === 'term-over' ? `${words.termOver} · ` : ''}
            {kind === 'query' ? `${words.query(evidence ?? '')} · ` : ''}
            {dueOn !== null && `${words.answerBy(dayInDigits(dueOn))} · `}
            {words.messageStates[state]}
            {fault !== null && ` · ${words.fault}: ${words.faults[fault] ?? faultInWords(fault, language)}`}{' '}
            {kind === 'query' && (
              <>
                <button type="button" onClick={() => answer(messageId, 'evidence')}>
                  {words.found}
                </button>{' '}
                <button type="button" onClick={() => answer(messageId, 'no-evidence')}>
                  {words.notFound}
                </button>{' '}
              </>
            )}
            {(state === 'dead' || state === 'rejected') && (
              <button type="button" onClick={() => resend(messageId)}>
                {words.resend}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Problem text={again.problem ?? answered.problem} />
    </section>
  );
}
