import type { WayName } from './templates.ts';

/** Why a message did not go, as far as a person can act on it. The carrier's own words stay in the database. */
export const NOTICE_FAULTS = [
  'address-not-latin',
  'no-such-address',
  'address-full',
  'refused',
  'not-reachable',
  'browser-gone',
  'no-way',
  'not-delivered',
  'internal',
] as const;
export type NoticeFault = (typeof NOTICE_FAULTS)[number];

const KNOWN: ReadonlySet<string> = new Set(NOTICE_FAULTS);

/** What mail servers say, in the order in which it is asked: enhanced status codes (RFC 3463) first, then the words of the widespread ones. */
const BY_MAIL: readonly (readonly [RegExp, NoticeFault])[] = [
  [/\b[45]\.2\.2\b|quota|mailbox (?:is )?full|over ?quota|\b[45]52\b/i, 'address-full'],
  [/\b5\.7\.\d+\b|spam|blocked|black ?list|policy|denied|\bDMARC\b|\bSPF\b/i, 'refused'],
  [
    /\b5\.1\.\d+\b|\b550\b|\b55[13]\b|no such user|user unknown|does not exist|no mailbox|no recipients/i,
    'no-such-address',
  ],
  [/\b5\d\d\b/, 'refused'],
];
/** What a centre for short messages answers when there is nobody at a number (SMPP 3.4, 5.1.3): a bad destination, twice. */
const NO_SUCH_NUMBER = /0x(?:b|33)$/i;

/** The class of what a carrier said. */
export function noticeFaultOf(way: WayName, said: string): NoticeFault {
  if (KNOWN.has(said)) return said as NoticeFault;
  if (said === 'there is no way to send it') return 'no-way';
  if (said === 'not delivered') return 'not-delivered';
  if (way === 'push')
    return /answered (?:404|410)$/.test(said)
      ? 'browser-gone'
      : /answered 4\d\d$/.test(said)
        ? 'refused'
        : 'not-reachable';
  if (way === 'sms')
    return NO_SUCH_NUMBER.test(said) ? 'no-such-address' : /0x/.test(said) ? 'refused' : 'not-reachable';
  return BY_MAIL.find(([words]) => words.test(said))?.[1] ?? 'not-reachable';
}
