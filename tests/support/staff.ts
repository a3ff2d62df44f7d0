import { TOTP, Secret } from 'otpauth';
import { expect } from 'vitest';
import { inviteAdministrator } from '../../server/modules/people/index.ts';
import type { Answer, TestNode } from './test-node.ts';

export const PASSWORD = 'семь синих чашек на столе';

/** A member of staff at their own browser: it keeps their cookie and names its page. */
export interface Person {
  readonly ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  /** The session. */
  cookie: string;
  /** The cookie that outlives the session: it marks a browser in which a person has signed in. */
  browser: string;
}

export function person(node: TestNode): Person {
  const self: Person = {
    cookie: '',
    browser: '',
    ask: async (method, path, body, headers = {}) => {
      const cookie = [self.cookie, self.browser].filter((one) => one !== '').join('; ');
      const answer = await node.ask(method, path, body, { cookie, origin: node.url, ...headers });
      for (const set of answer.headers.getSetCookie()) {
        const one = set.split(';')[0] as string;
        if (one.startsWith('okno-browser=')) self.browser = one;
        else self.cookie = one;
      }
      return answer;
    },
  };
  return self;
}

/** The six digits that an authenticator with this secret shows so many steps from now. */
export function digits(secret: string, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
}

/** Chooses a password with an invitation and signs in. */
export async function enter(node: TestNode, login: string, code: string): Promise<Person> {
  const one = person(node);
  const redeemed = await one.ask('POST', '/api/invitations/redeem', { login, code, newPassword: PASSWORD });
  expect(redeemed.status).toBe(204);
  expect((await one.ask('POST', '/api/session', { login, password: PASSWORD })).status).toBe(200);
  return one;
}

/** Takes an authenticator into use; gives its secret and the recovery codes. */
export async function setUpAuthenticator(one: Person): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = (await one.ask('POST', '/api/session/authenticator')).body as unknown as { secret: string };
  const confirmed = await one.ask('POST', '/api/session/authenticator/confirm', { secret, code: digits(secret) });
  expect(confirmed.status).toBe(200);
  return { secret, recoveryCodes: confirmed.body['recoveryCodes'] as string[] };
}

/** An administrator who is signed in with both factors. */
export async function administrator(node: TestNode, login = 'root'): Promise<Person & { secret: string }> {
  const { code } = await inviteAdministrator(node.database, login, 'Первый администратор');
  const one = await enter(node, login, code);
  return Object.assign(one, await setUpAuthenticator(one));
}

/** A new member of staff with one role at a place, signed in. */
export async function hired(
  node: TestNode,
  by: Person,
  login: string,
  roleId: string,
  scope: { kind: string; id: string | null },
): Promise<Person & { accountId: string }> {
  const made = await by.ask('POST', '/api/staff', { login, name: login, scope });
  expect(made.status).toBe(201);
  const accountId = made.body['accountId'] as string;
  expect((await by.ask('POST', `/api/staff/${accountId}/grants`, { roleId, scope })).status).toBe(201);
  return Object.assign(await enter(node, login, made.body['code'] as string), { accountId });
}
