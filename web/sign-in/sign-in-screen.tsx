import { useEffect, useState } from 'react';
import { peopleProblems as catalogue } from '../../core/problem-catalogue-people.ts';
import type { SessionReply } from '../../contract/people.ts';
import { call, CallProblem } from '../shared/client.ts';
import { Form } from '../shared/form.tsx';
import { LanguageButtons, useLanguage, useMessages } from '../shared/language.tsx';
import { addPasskey, canUsePasskey, showPasskey } from '../shared/passkey.ts';
import { messages } from './messages/index.ts';
import { paths } from '../shared/paths.ts';
import { parameterNow } from '../shared/place.ts';

/** Password, then the second factor where one is needed; or a password chosen with a code. */
export function SignInScreen() {
  const words = useMessages(messages);
  const [session, setSession] = useState<SessionReply | null>(null);
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[] | null>(null);
  const cameFrom = placeBefore();
  useEffect(() => {
    call('GET /api/session', {}).then(setSession, () => undefined);
  }, []);
  return (
    <main>
      <header>
        <h1>{words.title}</h1>
        <LanguageButtons />
      </header>
      {session === null && <Door entered={setSession} />}
      {session?.secondFactor === 'due' && <SecondFactor shown={setSession} />}
      {session?.secondFactor === 'to-set-up' && (
        <SetUp
          done={async (codes) => {
            setRecoveryCodes(codes);
            setSession(await call('GET /api/session', {}));
          }}
        />
      )}
      {recoveryCodes !== null && <RecoveryCodes codes={recoveryCodes} />}
      {session !== null && recoveryCodes === null && ['shown', 'not-needed'].includes(session.secondFactor) && (
        <section>
          <p role="status">{words.signedIn(session.name)}</p>
          <p>
            {cameFrom !== null && (
              <>
                <a href={cameFrom}>{words.goOn}</a>
                {' · '}
              </>
            )}
            <a href={paths.office()}>{words.office}</a>
          </p>
          <button type="button" onClick={() => void call('DELETE /api/session', {}).then(() => setSession(null))}>
            {words.out}
          </button>
        </section>
      )}
    </main>
  );
}

/** The screen that sent us here, `?to=/hall/84?tab=day`: a place of this site and of no other. */
function placeBefore(): string | null {
  const to = parameterNow('to') ?? '';
  return /^\/[a-z][\w/-]*(\?[\w=&%.-]*)?$/.test(to) ? to : null;
}

/** What may have come of the way to the city's server and back. */
const FROM_CITY_SERVER = [
  'sign-in-refused',
  'sign-in-server-away',
  'sign-in-cancelled',
  'sign-in-over',
  'site-address-unknown',
] as const;

function Door({ entered }: DoorProps) {
  const words = useMessages(messages);
  const [withCode, setWithCode] = useState(false);
  const [cityServer, setCityServer] = useState(false);
  useEffect(() => {
    call('GET /api/session/ways', {}).then(
      ({ oidc }) => setCityServer(oidc),
      () => undefined,
    );
  }, []);
  const named = parameterNow('problem');
  const problem = FROM_CITY_SERVER.find((code) => code === named);
  const cameFrom = placeBefore();
  const { language } = useLanguage();
  return (
    <>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {catalogue[problem][language]()}
        </p>
      )}
      {cityServer && (
        <p>
          <a href={paths.cityServer(cameFrom)}>{words.cityServer}</a>
        </p>
      )}
      {withCode ? <ChoosePassword entered={entered} /> : <PasswordForm entered={entered} />}
      <button type="button" onClick={() => setWithCode(!withCode)}>
        {withCode ? words.havePassword : words.haveCode}
      </button>
    </>
  );
}

interface DoorProps {
  readonly entered: (session: SessionReply) => void;
}

function ChoosePassword({ entered }: DoorProps) {
  const words = useMessages(messages);
  return (
    <Form
      title={words.codeTitle}
      action={words.choose}
      fields={[
        { name: 'login', label: words.login, kind: 'text', autoComplete: 'username' },
        { name: 'code', label: words.code, kind: 'text' },
        { name: 'newPassword', label: words.newPassword, kind: 'password', autoComplete: 'new-password' },
      ]}
      run={async ({ login = '', code = '', newPassword = '' }) => {
        await call('POST /api/invitations/redeem', { body: { login, code, newPassword } });
        entered(await call('POST /api/session', { body: { login, password: newPassword } }));
      }}
    />
  );
}

function PasswordForm({ entered }: DoorProps) {
  const words = useMessages(messages);
  const [throttled, setThrottled] = useState(false);
  const enter = async ({ login = '', password = '', code = '' }: Readonly<Record<string, string>>) => {
    try {
      entered(await call('POST /api/session', { body: { login, password, ...(code !== '' && { code }) } }));
    } catch (error) {
      // While others are guessing, password and second factor together still open the door.
      if (error instanceof CallProblem && error.code === 'sign-in-throttled') setThrottled(true);
      throw error;
    }
  };
  const code = {
    name: 'code',
    label: words.digits,
    kind: 'text',
    autoComplete: 'one-time-code',
    optional: true,
  } as const;
  return (
    <Form
      title={words.signIn}
      action={words.signIn}
      fields={[
        { name: 'login', label: words.login, kind: 'text', autoComplete: 'username' },
        { name: 'password', label: words.password, kind: 'password', autoComplete: 'current-password' },
        ...(throttled ? [code] : []),
      ]}
      run={enter}
    />
  );
}

/** The button by which a key of this device does what a code would; none where the browser has no keys. */
function PasskeyButton({ use }: { readonly use: () => Promise<void> }) {
  const words = useMessages(messages);
  const [failed, setFailed] = useState(false);
  if (!canUsePasskey) return null;
  return (
    <>
      <button type="button" onClick={() => void use().catch(() => setFailed(true))}>
        {words.passkey}
      </button>
      {failed && (
        <p className="problem" role="alert">
          {words.passkeyFailed}
        </p>
      )}
    </>
  );
}

function SecondFactor({ shown }: { readonly shown: (session: SessionReply) => void }) {
  const words = useMessages(messages);
  return (
    <>
      <PasskeyButton use={async () => shown(await showPasskey())} />
      <Form
        title={words.secondTitle}
        action={words.confirm}
        fields={[{ name: 'code', label: words.digits, kind: 'text', autoComplete: 'one-time-code' }]}
        run={async ({ code = '' }) => shown(await call('POST /api/session/second-factor', { body: { code } }))}
      />
    </>
  );
}

function SetUp({ done }: { readonly done: (recoveryCodes: readonly string[]) => Promise<void> }) {
  const words = useMessages(messages);
  const [proposed, setProposed] = useState<{ readonly secret: string; readonly uri: string } | null>(null);
  useEffect(() => {
    call('POST /api/session/authenticator', {}).then(setProposed, () => undefined);
  }, []);
  if (proposed === null) return null;
  return (
    <>
      <PasskeyButton use={async () => done(await addPasskey())} />
      <p>{words.setUpLead}</p>
      <p>
        {words.key}: <code>{proposed.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <p>
        <a href={proposed.uri}>{words.onThisPhone}</a>
      </p>
      <Form
        title={words.setUpTitle}
        action={words.confirm}
        fields={[{ name: 'code', label: words.sixDigits, kind: 'text', autoComplete: 'one-time-code' }]}
        run={async ({ code = '' }) => {
          const body = { secret: proposed.secret, code };
          await done((await call('POST /api/session/authenticator/confirm', { body })).recoveryCodes);
        }}
      />
    </>
  );
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const words = useMessages(messages);
  return (
    <section>
      <h2>{words.recoveryTitle}</h2>
      <p>{words.recoveryLead}</p>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <p>
        <a href={paths.office()}>{words.written}</a>
      </p>
    </section>
  );
}
