import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const PROOF_BYTES = 16;
/** Without characters that are confused with others when read or spoken. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;

/** The secret of a booking's own page: its id, and 128 bits that only this installation can make. Nothing is kept. */
export function bookingToken(secret: Buffer, bookingId: string): string {
  const id = Buffer.from(bookingId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, proofOf(secret, id)]).toString('base64url');
}

/** The booking that a token is for; null for one that this installation did not make. */
export function readBookingToken(secret: Buffer, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== ID_BYTES + PROOF_BYTES) return null;
  const id = bytes.subarray(0, ID_BYTES);
  if (!timingSafeEqual(bytes.subarray(ID_BYTES), proofOf(secret, id))) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function proofOf(secret: Buffer, id: Buffer): Buffer {
  return createHmac('sha256', secret).update('booking').update(id).digest().subarray(0, PROOF_BYTES);
}

/** A code that nobody guesses: 40 bits of chance. */
export function newBookingCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');
}

/** What a person typed, as the code is kept. */
export function tidyCode(typed: string): string {
  return typed.replaceAll(/[\s-]/g, '').toUpperCase();
}

const CONFIRMATION_DIGITS = 6;

/** The six digits that prove a contact, and their hash with the booking's id. */
export function newConfirmation(secret: Buffer, bookingId: string): { readonly code: string; readonly hash: Buffer } {
  const code = String(randomInt(10 ** CONFIRMATION_DIGITS)).padStart(CONFIRMATION_DIGITS, '0');
  return { code, hash: confirmationHash(secret, bookingId, code) };
}

/** Whether digits are the ones of a hash. */
export function provesContact(secret: Buffer, bookingId: string, code: string, hash: Buffer): boolean {
  const given = confirmationHash(secret, bookingId, code);
  return given.length === hash.length && timingSafeEqual(given, hash);
}

function confirmationHash(secret: Buffer, bookingId: string, code: string): Buffer {
  return createHmac('sha256', secret).update('confirmation').update(bookingId).update(code).digest();
}

/** By this a contact is known again without being kept: only this installation can make it. */
export function contactKeyOf(secret: Buffer, contact: string): Buffer {
  return createHmac('sha256', secret).update('contact').update(contact).digest();
}
