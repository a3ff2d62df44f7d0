import { Command as Reader, CommanderError } from 'commander';
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { version } from '../server/version.ts';
import type { Command, CommandSpec } from './command-spec.ts';
import { COMMANDS } from './command-table.ts';
import { EXIT } from './exit.ts';
import { UsageError } from './options.ts';

const AFTER = `
Every command has --help with examples; okno completion bash completes words. Exit codes: 0 done,
1 refused or faulty, 2 typed wrongly, 3 a file, folder or port cannot be used, 4 no answer.`;

/** Reads the words, loads the command that is asked for, and gives how it ends. */
async function main(args: readonly string[]): Promise<number> {
  let ending: Promise<number> = Promise.resolve(EXIT.done);
  const reader = new Reader('okno')
    .description('The open operating system of one-stop public service centres.')
    .version(version(), '-v, --version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show this help, or that of one command')
    .configureHelp({ subcommandTerm: (command) => command.name(), showGlobalOptions: false })
    .addHelpText('after', AFTER)
    .exitOverride();
  for (const command of COMMANDS) {
    const run = () => void (ending = carryOut(command, args.slice(1)));
    // Choices of the configuration are read only for a command that has them and is asked for.
    const choices = command.choices && args.includes(command.name) ? await choiceOptions() : [];
    reader.addCommand(readerOf(command, run, choices).helpGroup(`${command.group}:`));
  }
  // Known to shells and to habit; the top of the help is for the work.
  reader.addCommand(completionReader(), { hidden: true });
  const versionReader = plain('version', 'print the version').action(() => console.log(version()));
  reader.addCommand(versionReader, { hidden: true });
  try {
    if (args.length === 0) reader.help();
    await reader.parseAsync([...args], { from: 'user' });
    return await ending;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    throw error;
  }
}

function plain(name: string, summary: string): Reader {
  return new Reader(name)
    .summary(summary)
    .description(summary)
    .helpOption('-h, --help', 'show this help')
    .exitOverride();
}

function readerOf(
  { name, summary, words = '', options = [], examples, ownOptions, below = [] }: CommandSpec,
  run: () => void,
  choices: readonly (readonly [string, string])[],
): Reader {
  const reader = plain(name, summary).action(run);
  if (words !== '') reader.arguments(words);
  const known = new Set(options.map(([option]) => option.split(' ')[0]));
  for (const [flags, says] of [...options, ...choices.filter(([option]) => !known.has(option.split(' ')[0]))])
    reader.option(flags, says);
  if (ownOptions) reader.allowUnknownOption().allowExcessArguments().helpOption(false);
  for (const part of below) reader.addCommand(readerOf(part, run, []));
  if (below.length > 0) reader.helpCommand(false);
  return reader.addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`);
}

function completionReader(): Reader {
  return plain('completion', 'completion of words for a shell: bash, zsh or fish')
    .argument('<shell>')
    .addHelpText('after', '\nExamples:\n  okno completion bash > /etc/bash_completion.d/okno')
    .action(async (name: string) => {
      const { completionFor, SHELLS } = await import('./completion.ts');
      const shell = SHELLS.find((one) => one === name);
      if (shell === undefined) throw new UsageError(`there is completion for ${SHELLS.join(', ')}`);
      console.log(completionFor(shell, COMMANDS));
    });
}

/** One option for each choice of the configuration. */
async function choiceOptions(): Promise<(readonly [string, string])[]> {
  const { CHOICES } = await import('./configuration.ts');
  const listed = Object.entries(CHOICES).map(([name, { kind, says }]): readonly [string, string] => {
    const flag = `--${name.replaceAll('_', '-')}`;
    return [kind === 'switch' ? flag : `${flag} <${kind === 'number' ? 'n' : kind}>`, says];
  });
  return [['--config <file>', 'configuration file (TOML); else OKNO_CONFIG, else /etc/okno/okno.toml'], ...listed];
}

async function carryOut({ name, load }: Command, args: readonly string[]): Promise<number> {
  try {
    const { run } = await load();
    return await run(args);
  } catch (error) {
    return await told(error, name);
  }
}

async function told(error: unknown, name: string): Promise<number> {
  const { failureOf } = await import('./failure.ts');
  const { code, says } = failureOf(error);
  console.error(`okno ${name}: ${says}`);
  if (code === EXIT.usage) console.error(`See: okno ${name} --help`);
  return code;
}

// A reader of the beginning only, such as `head`, has had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});
// A command that is interrupted ends what it started; one that serves sees to that itself.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(code);
  });

// What a start has compiled the next one reads; and the memory grows by a third over what is used before it is swept, not to
// several times of it: a node that holds a city's day stays near 500 MB.
enableCompileCache();
setFlagsFromString('--heap-growing-percent=30');
const asked = process.argv.slice(2);
process.exit(await main(asked).catch((error: unknown) => told(error, asked[0] ?? '')));
