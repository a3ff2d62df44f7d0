import { domainToASCII } from 'node:url';

/** Where a message goes. */
export type Address =
  | { readonly email: string; readonly phone: null }
  | { readonly email: null; readonly phone: string };

const EMAIL_MAX = 254;
const LOCAL_PART = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}$/u;
const PHONE_DIGITS = /^\d{7,15}$/;
const RUSSIAN_DIGITS = 11;

/**
 * A telephone or e-mail as somebody wrote it, in one form: `+79161234567`; an address in small letters, its domain as the net knows
 * it (почта@пример.рф has its Cyrillic domain in ASCII). Null for anything else.
 */
export function readAddress(text: string): Address | null {
  const tidy = text.trim().normalize('NFKC');
  if (tidy.includes('@')) {
    const email = readEmail(tidy);
    return email === null ? null : { email, phone: null };
  }
  const phone = readPhone(tidy);
  return phone === null ? null : { email: null, phone };
}

function readEmail(text: string): string | null {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), domainToASCII(text.slice(at + 1).toLowerCase())];
  if (!LOCAL_PART.test(local) || local.startsWith('.') || local.endsWith('.') || local.includes('..')) return null;
  if (!/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(domain)) return null;
  const email = `${local.toLowerCase()}@${domain}`;
  return email.length > EMAIL_MAX ? null : email;
}

/** Within the country numbers begin with 8, which the world calls +7. */
function readPhone(text: string): string | null {
  if (!/^\+?[\d\s().-]+$/.test(text)) return null;
  const digits = text.replaceAll(/\D/g, '');
  if (!PHONE_DIGITS.test(digits)) return null;
  if (text.startsWith('+')) return `+${digits}`;
  if (digits.length === RUSSIAN_DIGITS && /^[78]/.test(digits)) return `+7${digits.slice(1)}`;
  return digits.length === RUSSIAN_DIGITS - 1 ? `+7${digits}` : null;
}
