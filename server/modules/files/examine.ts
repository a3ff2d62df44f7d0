import { refuse } from '../../../core/problems.ts';
import { examiner } from './examiner/examiner.ts';
import type { FileFault } from './examiner/orders.ts';

const PROBLEMS = {
  locked: 'file-locked',
  'cut-off': 'file-cut-off',
  broken: 'file-broken',
  active: 'file-active',
  'too-heavy': 'file-too-heavy',
  'too-small': 'file-too-small',
  blank: 'file-blank',
  empty: 'file-empty',
} as const satisfies Record<FileFault, string>;

/** A file as it is kept, once it was looked into; otherwise throws why it is not taken. */
export async function fit(type: string, bytes: Buffer) {
  const examined = await examiner.examine(type, bytes);
  if (examined.kind === 'unfit') return refuse(PROBLEMS[examined.fault], {});
  return { contentType: examined.contentType, bytes: Buffer.from(examined.bytes), pages: examined.pages };
}

/** A file from before the checks is checked when it is opened: its picture is redrawn, a program in it is not given out. */
export async function fitToOpen(type: string, bytes: Buffer): Promise<{ contentType: string; bytes: Buffer }> {
  const examined = await examiner.examine(type, bytes);
  if (examined.kind === 'fit') return { contentType: examined.contentType, bytes: Buffer.from(examined.bytes) };
  if (examined.fault === 'active' || examined.fault === 'too-heavy') return refuse(PROBLEMS[examined.fault], {});
  return { contentType: type, bytes };
}
