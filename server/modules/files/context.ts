import type { TermContext } from '../terms/index.ts';
import type { FileStore } from './file-store.ts';
import type { Scanner } from './scanner.ts';

/** What the modules above files are opened with. */
export interface FileContext extends TermContext {
  /** Where the sealed bytes of files are. */
  readonly fileStore: FileStore;
  /** The virus scanner; null where none is installed: then only the test file of scanners is found. */
  readonly scanner: Scanner | null;
}

/** What the gate of files uses of it. */
export type GateContext = Pick<FileContext, 'db' | 'vault' | 'now' | 'log' | 'fileStore' | 'scanner'>;
