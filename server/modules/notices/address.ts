import { domainToASCII } from 'node:url';
import { tidyEmail } from '../../../core/persons/emails.ts';
import { readPhone } from '../../../core/persons/phones.ts';
import { tidyText } from '../../../core/persons/written.ts';
import { refuse } from '../../../core/problems.ts';

/** Where a message goes. */
export type Address =
  | { readonly email: string; readonly phone: null }
  | { readonly email: null; readonly phone: string };

const EMAIL_MAX = 254;
const LOCAL_PART = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}$/u;

/**
 * A telephone or e-mail as it was typed, in one form: `+79161234567`; an address in lower case, its domain as the net knows
 * it (почта@пример.рф has its Cyrillic domain in ASCII). Null for anything else.
 */
export function readAddress(text: string): Address | null {
  if (isEmailLike(text)) {
    const email = readEmail(tidyEmail(text.normalize('NFKC')));
    return email === null ? null : { email, phone: null };
  }
  const read = readPhone(text);
  return 'phone' in read ? { email: null, phone: read.phone } : null;
}

/** The same, where a visitor or a specialist wrote it just now. Throws `contact-malformed`, and `contact-extension` for a number with one. */
export function takeAddress(text: string): Address {
  const address = readAddress(text);
  if (address !== null) return address;
  const read = isEmailLike(text) ? null : readPhone(text);
  return refuse(
    read !== null && 'fault' in read && read.fault === 'extension' ? 'contact-extension' : 'contact-malformed',
    {},
  );
}

function isEmailLike(text: string): boolean {
  return tidyText(text).normalize('NFKC').includes('@');
}

function readEmail(text: string): string | null {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), domainToASCII(text.slice(at + 1).toLowerCase())];
  if (!LOCAL_PART.test(local) || local.startsWith('.') || local.endsWith('.') || local.includes('..')) return null;
  if (!/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(domain)) return null;
  const email = `${local.toLowerCase()}@${domain}`;
  return email.length > EMAIL_MAX ? null : email;
}
