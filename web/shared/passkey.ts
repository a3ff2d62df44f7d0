import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type { SessionReply } from '../../contract/people.ts';
import { call } from './client.ts';

type Registration = Parameters<typeof startRegistration>[0]['optionsJSON'];
type Authentication = Parameters<typeof startAuthentication>[0]['optionsJSON'];

/** True where this browser, at this address, can keep a key: over HTTPS, and under a name rather than a number. */
export const canUsePasskey = browserSupportsWebAuthn() && isSecureContext && !/^[\d.]+$|:/.test(location.hostname);

/** Makes a key of this device a second factor; gives recovery codes where it is the first. */
export async function addPasskey(): Promise<readonly string[]> {
  const options = await call('POST /api/session/passkeys/options', {});
  const made = await startRegistration({ optionsJSON: options as unknown as Registration });
  return (await call('POST /api/session/passkeys', { body: { response: { ...made } } })).recoveryCodes;
}

/** Has a key of this device sign as the second factor. */
export async function showPasskey(): Promise<SessionReply> {
  const options = await call('POST /api/session/second-factor/passkey/options', {});
  const signed = await startAuthentication({ optionsJSON: options as unknown as Authentication });
  return call('POST /api/session/second-factor/passkey', { body: { response: { ...signed } } });
}
