import { useState } from 'react';
import type { ApplicationFile } from '../../contract/application-shapes.ts';
import { call } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { Problem } from '../shared/problem.tsx';
import { messages } from './messages/index.ts';
import { purposeFor } from './purpose.ts';

interface SignersProps {
  readonly file: ApplicationFile;
  readonly changed: (file: ApplicationFile) => void;
}

/** Others whose consent is needed: each signs here, or is sent a code. */
export function Signers({ file, changed }: SignersProps) {
  const words = useMessages(messages);
  const [problem, setProblem] = useState<string | null>(null);
  if (file.signatures.length === 0) return null;
  return (
    <section aria-labelledby="signatures">
      <h2 id="signatures">{words.signatures}</h2>
      <p className="quiet">{words.saveFirst}</p>
      {file.signatures.map((signature) => (
        <SignerCard
          key={signature.signer}
          file={file}
          signature={signature}
          changed={(after) => {
            setProblem(null);
            changed(after);
          }}
          fail={setProblem}
        />
      ))}
      <Problem text={problem} />
    </section>
  );
}

interface SignerCardProps extends SignersProps {
  readonly signature: ApplicationFile['signatures'][number];
  readonly fail: (sentence: string) => void;
}

function SignerCard({ file, signature: { signer, name, state, way }, changed, fail }: SignerCardProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const params = { applicationId: file.applicationId };
  const [sentTo, setSentTo] = useState<string | null>(null);
  const personOf = async (form: FormData) => {
    const purpose = purposeFor(file.centreId, 'подпись под заявлением');
    const by = { snils: String(form.get('snils')).trim() };
    const [found] = await call('POST /api/persons/search', { body: { purpose, by } });
    if (found === undefined) throw new Error(words.signerUnknown);
    return found.personId;
  };
  const sign = async (form: FormData) => {
    const body = { signer, personId: await personOf(form), documentSeen: true as const };
    return call('POST /api/applications/:applicationId/signatures', { params, body });
  };
  const invite = async (form: FormData) => {
    const contact = String(form.get('contact')).trim();
    const body = { signer, personId: await personOf(form), contact, language };
    const after = await call('POST /api/applications/:applicationId/signatures/invitations', { params, body });
    setSentTo(contact);
    return after;
  };
  return (
    <form
      className="form signer"
      aria-label={name[language]}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const { submitter } = event.nativeEvent as SubmitEvent;
        const done = submitter?.getAttribute('value') === 'invite' ? invite(form) : sign(form);
        done.then(changed, (error: Error) => fail(error.message));
      }}
    >
      <p role="status">
        <strong>{name[language]}</strong> — {words.signatureStates[state]}
        {state === 'signed' && way !== null && ` (${words.signWays[way]})`}
      </p>
      {state !== 'signed' && (
        <>
          <label>
            <span>{words.signerSnils}</span>
            <input name="snils" required autoComplete="off" />
          </label>
          <div className="row-actions">
            <button type="submit" value="here">
              {words.signHere}
            </button>
          </div>
          <p className="quiet">{words.documentSeen}</p>
          <details>
            <summary>{words.signInvite}</summary>
            <label>
              <span>{words.signerContact}</span>
              <input name="contact" autoComplete="off" />
            </label>
            <p role="status">{sentTo !== null && words.codeSentTo(sentTo)}</p>
            <button type="submit" value="invite">
              {words.signInvite}
            </button>
          </details>
        </>
      )}
    </form>
  );
}
