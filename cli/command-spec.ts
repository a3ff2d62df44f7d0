/** One command of `okno`, as help, completion and the reading of words need it. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Words after the command: `<name>` is needed, `[name]` may be left out. */
  readonly words?: string;
  readonly options?: readonly (readonly [flags: string, says: string])[];
  readonly examples: readonly string[];
  /** True where every choice of the configuration is an option, too. */
  readonly choices?: true;
  /** True where options depend on the first word; the command reads them itself. */
  readonly ownOptions?: true;
  readonly below?: readonly CommandSpec[];
}

type Run = (args: readonly string[]) => Promise<number>;

/** A command that can be asked for; what does the work is loaded only then. */
export interface Command extends CommandSpec {
  readonly group: string;
  readonly load: () => Promise<{ run: Run }>;
}

export const DATA = ['--data <folder>', 'folder of the data, where it is not the usual one'] as const;
export const CONFIG = [
  '--config <file>',
  'configuration file (TOML); else OKNO_CONFIG, else /etc/okno/okno.toml',
] as const;
export const CLOCK = ['--clock <kind>', 'which installation: real (usual), demo or replay'] as const;
export const JSON_OUT = ['--json', 'print JSON for programs'] as const;
export const DRY = ['--dry-run', 'do everything, say what came of it, and take it back'] as const;
export const DAY_OF = [
  ['--centre <number>', 'the centre'],
  ['--day <date>', 'the day, such as 2026-02-19'],
] as const;

export const PLAN = 'Plan and measure';
