import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { DASHES, tidyText } from './written.ts';

/** What is wrong with a telephone number. */
export type PhoneFault = 'extension' | 'no-phone';

export type ReadPhone = { readonly phone: string } | { readonly fault: PhoneFault };

const RUSSIAN_DIGITS = 10;
const EXTENSION = /(доб|добавочный|вн|внутр|ext|extension|x|х|#|,|;|\*)\.?\s*:?\s*\d+\s*$/iu;

/**
 * A telephone number as it was typed or pasted, in one form (E.164): `+79161234567`. Within the country numbers begin with 8, which
 * the world calls +7; a number of another country may come without its plus. A number with an extension is a fault of its own: nobody can
 * be called or written to by it.
 */
export function readPhone(text: string): ReadPhone {
  const tidy = tidyText(text.normalize('NFKC'))
    .replaceAll(DASHES, '-')
    .replace(/^(тел|телефон|моб|tel|phone)\s*[.:]*\s*/iu, '')
    .replace(/[.,;]$/u, '');
  if (EXTENSION.test(tidy)) return { fault: 'extension' };
  if (!/^\+?[\d\s().\-/[\]~]+$/.test(tidy)) return { fault: 'no-phone' };
  const digits = tidy.replaceAll(/[^0-9]/g, '');
  const phone = tidy.startsWith('+') ? abroad(digits) : withinCountry(digits);
  return phone === null ? { fault: 'no-phone' } : { phone };
}

function withinCountry(digits: string): string | null {
  if (digits.length === RUSSIAN_DIGITS) return real(`7${digits}`) ?? real(digits);
  if (digits.length === RUSSIAN_DIGITS + 1 && /^[78]/.test(digits)) return real(`7${digits.slice(1)}`);
  // Dialled from a landline: 8, then 10 for other countries. Elsewhere 00 does that.
  const dialled = /^(?:810|00)(\d{7,15})$/.exec(digits)?.[1];
  return dialled === undefined ? real(digits) : real(dialled);
}

/** With a plus: +8 and ten digits more is how a Russian number is often written by mistake. */
function abroad(digits: string): string | null {
  return real(digits) ?? (/^8\d{10}$/.test(digits) ? real(`7${digits.slice(1)}`) : null);
}

/**
 * A number that can be one: its country exists, and it is as long as numbers are there. Of +7 it also has to be in a range that is in use,
 * as nearly all visitors’ are; the plans of other countries change without our hearing of it.
 */
function real(digits: string): string | null {
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  if (parsed === undefined || !parsed.isPossible()) return null;
  if (parsed.countryCallingCode === '7' && !parsed.isValid()) return null;
  return /^(\d)\1+$/.test(parsed.nationalNumber) && !parsed.isValid() ? null : parsed.number;
}
