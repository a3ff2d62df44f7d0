import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { netOf } from '../../../../../core/access/net.ts';
import { refuse } from '../../../../../core/problems.ts';
import { audit, SYSTEM } from '../../../../platform/audit.ts';
import type { Db, Write } from '../../../../platform/handles.ts';
import { forgetAttempts, giveBackAttempt, isTimeToTell, noteThrottled, type Pace, takeAttempt } from './queries.ts';

/** One login from one address: who mistypes has room, who guesses has not. */
const FROM_ONE_PLACE: Pace = { burst: 5, everySeconds: 120 };
/** One login from everywhere: against those who guess from many addresses. */
const FROM_EVERYWHERE: Pace = { burst: 50, everySeconds: 60 };
/** One login in a browser in which it was signed in to before: nobody else can use this up. */
const IN_KNOWN_BROWSER: Pace = { burst: 10, everySeconds: 60 };
/** Six digits after the right password, from everywhere: 288 of a million in a day. */
const OF_DIGITS: Pace = { burst: 10, everySeconds: 300 };
/** All logins that nobody has: of them administrators are told together. */
const UNKNOWN: Pace = { burst: 1, everySeconds: 3_600 };

const BROWSERS_MAX = 8;

/** Who tries to sign in from where. */
export interface Attempt {
  readonly login: string;
  readonly address: string;
  /** What the browser has kept of having been signed in here; null: nothing. */
  readonly browser: string | null;
  /** What is kept of the account's password; null where there is no account or no password. */
  readonly passwordHash: string | null;
}

/** What was counted, to be taken back where the attempt was good. */
export interface Counted {
  /** It was right: it is counted no longer. */
  right(tx: Write): Promise<void>;
  /** A complete sign-in: earlier attempts from here are forgotten. */
  forget(tx: Write): Promise<void>;
}

/**
 * How often one may try. Logins that exist and logins that do not are counted alike, and an account can be shut to nobody but those
 * who guess: a browser that has been signed in has a measure of its own, and password and second factor together another.
 */
export interface Attempts {
  /** Counts a try of a password; `withFactor` when the second factor is shown with it. Throws sign-in-throttled. */
  ofPassword(attempt: Attempt, withFactor: boolean): Promise<Counted>;
  /** Counts an attempt at the six digits after the right password. Throws sign-in-throttled. */
  ofDigits(attempt: Attempt): Promise<Counted>;
  /** Counts a try of an invitation's code. Throws sign-in-throttled. */
  ofInvitation(login: string, address: string): Promise<Counted>;
  /** The mark that a browser keeps after a complete sign-in; void once the password changes. */
  keptBy(attempt: Attempt): string;
}

export function openAttempts(db: Db, key: Buffer): Attempts {
  const markOf = (...parts: readonly string[]) => createHmac('sha256', key).update(parts.join('\0')).digest();
  const { knownBrowser, keptBy } = openBrowsers(key);

  const throttled = async (login: string, mark: Buffer, seconds: number): Promise<never> => {
    await db.write(async (tx) => {
      if (!(await isTimeToTell(tx, mark))) return;
      const accountId = await noteThrottled(tx, login);
      if (accountId === null && (await takeAttempt(tx, markOf('told of unknown logins'), UNKNOWN)) !== null) return;
      const object = accountId === null ? 'unknown logins' : `account ${accountId}`;
      await audit(tx, SYSTEM, { action: 'sign-in-throttled', object });
    });
    return refuse('sign-in-throttled', { seconds });
  };
  const take = async (login: string, paced: readonly (readonly [Buffer, Pace])[]): Promise<Counted> => {
    for (const [mark, pace] of paced) {
      const seconds = await db.write((tx) => takeAttempt(tx, mark, pace));
      if (seconds !== null) return throttled(login, mark, seconds);
    }
    return {
      right: async (tx) => {
        for (const [mark, pace] of paced) await giveBackAttempt(tx, mark, pace);
      },
      forget: async (tx) => {
        // What is counted of all addresses together stays: others may still be guessing.
        for (const [mark, pace] of paced)
          if (pace === FROM_EVERYWHERE) await giveBackAttempt(tx, mark, pace);
          else await forgetAttempts(tx, mark);
      },
    };
  };
  const inBrowser = async (attempt: Attempt, what: string): Promise<Counted | null> => {
    const known = knownBrowser(attempt);
    if (known === null) return null;
    const mark = markOf('browser', what, attempt.login, known);
    if ((await db.write((tx) => takeAttempt(tx, mark, IN_KNOWN_BROWSER))) !== null) return null;
    const forget = (tx: Write) => forgetAttempts(tx, mark);
    return { right: forget, forget };
  };

  return {
    ofPassword: async (attempt, withFactor) => {
      const { login, address } = attempt;
      const net = netOf(address);
      if (withFactor) return take(login, [[markOf('both', login, net), FROM_ONE_PLACE]]);
      return (
        (await inBrowser(attempt, 'password')) ??
        take(login, [
          [markOf('place', login, net), FROM_ONE_PLACE],
          [markOf('login', login), FROM_EVERYWHERE],
        ])
      );
    },
    ofDigits: async (attempt) =>
      (await inBrowser(attempt, 'digits')) ?? take(attempt.login, [[markOf('digits', attempt.login), OF_DIGITS]]),
    ofInvitation: (login, address) => take(login, [[markOf('invitation', login, netOf(address)), FROM_ONE_PLACE]]),
    keptBy,
  };
}

/** Browsers in which a login has signed in: each has a number, and our signature over both and the password at the time. */
function openBrowsers(key: Buffer) {
  const signOf = (nonce: string, { login, passwordHash }: Attempt) =>
    createHmac('sha256', key)
      .update(['browser', nonce, login, passwordHash ?? ''].join('\0'))
      .digest('base64url');
  /** The number of this browser, if this login has signed in in it before. */
  const knownBrowser = (attempt: Attempt): string | null => {
    const kept = (attempt.browser ?? '').split('~').slice(0, BROWSERS_MAX);
    const found = kept.find((one) => {
      const [nonce = '', sign = ''] = one.split('.');
      const right = Buffer.from(signOf(nonce, attempt));
      const given = Buffer.from(sign);
      return given.length === right.length && timingSafeEqual(given, right);
    });
    return found === undefined || attempt.passwordHash === null ? null : (found.split('.')[0] ?? null);
  };
  const keptBy = (attempt: Attempt): string => {
    const nonce = randomBytes(12).toString('base64url');
    const others = (attempt.browser ?? '')
      .split('~')
      .filter((one) => /^[\w-]{16}\.[\w-]{43}$/.test(one) && one.split('.')[0] !== knownBrowser(attempt));
    return [`${nonce}.${signOf(nonce, attempt)}`, ...others].slice(0, BROWSERS_MAX).join('~');
  };
  return { knownBrowser, keptBy };
}
