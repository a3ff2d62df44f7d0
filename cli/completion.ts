import type { CommandSpec } from './command-spec.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** What a shell has to know to complete the words of `okno`; to be put where the shell looks for it. */
export function completionFor(shell: (typeof SHELLS)[number], commands: readonly CommandSpec[]): string {
  if (shell === 'fish') return fish(commands);
  const cases = commands.map((command) => {
    const words = [...(command.below ?? []).map(({ name }) => name), ...optionsOf(command), '--help'];
    return `    ${command.name}) words="${words.join(' ')}" ;;`;
  });
  const names = [...commands.map(({ name }) => name), 'help', 'version', 'completion'];
  const body = [
    '_okno() {',
    '  local words="" current="${COMP_WORDS[COMP_CWORD]}"',
    '  case "${COMP_WORDS[1]}" in',
    ...cases,
    '  esac',
    `  [ "$COMP_CWORD" -eq 1 ] && words="${names.join(' ')}"`,
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _okno okno',
  ].join('\n');
  return shell === 'bash' ? body : `autoload -U +X bashcompinit && bashcompinit\n${body}`;
}

function fish(commands: readonly CommandSpec[]): string {
  const say = (text: string) => `'${text.replaceAll("'", '’')}'`;
  return commands
    .flatMap((command) => [
      `complete -c okno -n __fish_use_subcommand -a ${command.name} -d ${say(command.summary)}`,
      ...(command.below ?? []).map(
        ({ name, summary }) =>
          `complete -c okno -n '__fish_seen_subcommand_from ${command.name}' -a ${name} -d ${say(summary)}`,
      ),
      ...optionsOf(command).map(
        (option) => `complete -c okno -n '__fish_seen_subcommand_from ${command.name}' -l ${option.slice(2)}`,
      ),
    ])
    .join('\n');
}

function optionsOf({ options = [] }: CommandSpec): string[] {
  return options.map(([flags]) => flags.split(' ')[0] as string);
}
