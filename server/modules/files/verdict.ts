import type { GateContext } from './context.ts';
import type { FileRow } from './queries.ts';
import { testFileScanner, type Verdict } from './scanner.ts';

/** What the scanner says of some bytes. */
export async function lookForViruses({ scanner }: Pick<GateContext, 'scanner'>, bytes: Buffer): Promise<Verdict> {
  const known = await testFileScanner(bytes);
  return known.kind === 'found' || scanner === null ? known : scanner(bytes);
}

/** The state of a file with this verdict. */
export function stateOf({ kind }: Verdict): FileRow['state'] {
  return kind === 'clean' ? 'clean' : kind === 'found' ? 'infected' : 'waiting';
}

/** Why a file with this verdict is not clean; null for one that is. */
export function faultOf(verdict: Verdict): string | null {
  return verdict.kind === 'clean' ? null : verdict.kind === 'found' ? verdict.what : verdict.why;
}
