import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { refuse } from '../../../../../core/problems.ts';
import { audit } from '../../../../platform/audit.ts';
import type { Db } from '../../../../platform/handles.ts';
import type { Site } from '../../../../platform/serve.ts';
import { hashOf, newSecret } from '../../secret.ts';
import * as queries from './queries.ts';
import { mustHaveShown, recoveryCodesFor, type SignedIn } from '../sign-in.ts';
import { endSessions, strengthenSession } from '../queries.ts';

/** Ed25519, P-256 and RSA, as COSE numbers them: what keys of today can do. */
const ALGORITHMS = [-8, -7, -257];

/** What a browser is told to make a new key. Throws second-factor-needed. */
export async function newPasskeyOptions(db: Db, { account, asker }: SignedIn, token: string, site: Site) {
  mustHaveShown(asker);
  const known = await db.read((tx) => queries.passkeys(tx, account.accountId));
  const options = await generateRegistrationOptions({
    rpName: 'Okno',
    rpID: site.name,
    userName: account.login,
    userDisplayName: account.login,
    excludeCredentials: known.map(({ credentialId: id }) => ({ id })),
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  });
  await db.write((tx) => queries.setChallenge(tx, hashOf(token), options.challenge));
  return options;
}

/** Takes a new key into use; gives recovery codes where it is the first second factor. Throws wrong-sign-in-code. */
export async function addPasskey(
  db: Db,
  { account, asker }: SignedIn,
  token: string,
  site: Site,
  response: RegistrationResponseJSON,
): Promise<{ recoveryCodes: string[]; token: string }> {
  mustHaveShown(asker);
  const expectedChallenge =
    (await db.write((tx) => queries.takeChallenge(tx, hashOf(token)))) ?? refuse('wrong-sign-in-code', {});
  const { registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.name,
    requireUserVerification: false,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => refuse('wrong-sign-in-code', {}));
  if (registrationInfo === undefined) return refuse('wrong-sign-in-code', {});
  const next = newSecret();
  return db.write(async (tx) => {
    const first = account.totpSecret === null && !account.hasPasskey;
    const { id, publicKey, counter } = registrationInfo.credential;
    await queries.insertPasskey(tx, account.accountId, {
      credentialId: id,
      publicKey: Buffer.from(publicKey),
      counter,
    });
    const recoveryCodes = first ? await recoveryCodesFor(tx, account.accountId) : [];
    await strengthenSession(tx, hashOf(token), hashOf(next));
    await endSessions(tx, account.accountId, hashOf(next));
    await audit(tx, asker, { action: 'passkey-added', object: `account ${account.accountId}` });
    return { recoveryCodes, token: next };
  });
}

/** What a browser is told to have a key sign. */
export async function passkeyOptions(db: Db, { account }: SignedIn, token: string, site: Site) {
  const known = await db.read((tx) => queries.passkeys(tx, account.accountId));
  const options = await generateAuthenticationOptions({
    rpID: site.name,
    allowCredentials: known.map(({ credentialId: id }) => ({ id })),
    userVerification: 'preferred',
  });
  await db.write((tx) => queries.setChallenge(tx, hashOf(token), options.challenge));
  return options;
}

/**
 * Takes the key's signature as the second factor; gives the session's new secret. Nobody guesses a signature, so nobody has to wait for
 * others who do. Throws wrong-sign-in-code.
 */
export async function showPasskey(
  db: Db,
  { account }: SignedIn,
  token: string,
  site: Site,
  response: AuthenticationResponseJSON,
): Promise<string> {
  const expectedChallenge =
    (await db.write((tx) => queries.takeChallenge(tx, hashOf(token)))) ?? refuse('wrong-sign-in-code', {});
  const known = (await db.read((tx) => queries.passkeys(tx, account.accountId))).find(
    ({ credentialId }) => credentialId === response.id,
  );
  const { credentialId, publicKey, counter } = known ?? refuse('wrong-sign-in-code', {});
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.name,
    credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter },
    requireUserVerification: false,
  }).catch(() => refuse('wrong-sign-in-code', {}));
  if (!verified) return refuse('wrong-sign-in-code', {});
  const next = newSecret();
  await db.write(async (tx) => {
    await queries.usedPasskey(tx, credentialId, authenticationInfo.newCounter);
    await strengthenSession(tx, hashOf(token), hashOf(next));
  });
  return next;
}
