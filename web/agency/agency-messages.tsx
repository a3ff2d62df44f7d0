import { useState } from 'react';
import { useAsked } from '../shared/answers.ts';
import { call } from '../shared/client.ts';
import { useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

const ASK_EVERY_MS = 10_000;

/** What was sent by wire and is not answered; what did not arrive is sent again by a press of a button. */
export function AgencyMessages({ agencyId }: { readonly agencyId: string }) {
  const words = useMessages(messages);
  const [problem, setProblem] = useState<string | null>(null);
  const [sent, again] = useAsked('GET /api/agencies/:agencyId/messages', { params: { agencyId } }, ASK_EVERY_MS);
  const resend = (messageId: string) => {
    setProblem(null);
    call('POST /api/agencies/:agencyId/messages/:messageId/resend', { params: { agencyId, messageId } }).then(
      again,
      (error: Error) => setProblem(error.message),
    );
  };
  return (
    <section aria-labelledby="messages">
      <h2 id="messages">{words.messagesTitle}</h2>
      {sent?.length === 0 && <p>{words.noMessages}</p>}
      <ul>
        {sent?.map(({ messageId, number, state, fault }) => (
          <li key={messageId}>
            {number} · {words.messageStates[state]}
            {fault !== null && ` · ${words.fault}: ${fault}`}{' '}
            {(state === 'dead' || state === 'rejected') && (
              <button type="button" onClick={() => resend(messageId)}>
                {words.resend}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Problem text={problem} />
    </section>
  );
}
