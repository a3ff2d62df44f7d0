import { CHOICES, type Chosen, CONFIGURATION_OPTIONS, configurationFile, readConfiguration } from './configuration.ts';
import { readOptions } from './options.ts';

/** Prints what is in force and where it comes from, or a file to begin with. Secrets are never printed. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(
    args,
    {
      ...CONFIGURATION_OPTIONS,
      example: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
    0,
  );
  if (values['example'] === true) {
    console.log(exampleFile());
    return 0;
  }
  const named = (values as { config?: string }).config;
  const chosen = readConfiguration(named, values);
  if (values['json'] === true) {
    console.log(JSON.stringify({ file: configurationFile(named), choices: listed(chosen) }, null, 2));
    return 0;
  }
  console.log(`# ${configurationFile(named) ?? 'no configuration file'}`);
  for (const line of inForce(chosen)) console.log(line);
  return 0;
}

function inForce({ configuration, sources }: Chosen): string[] {
  return (Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((name) => {
    const value = configuration[name];
    const secret = 'secret' in CHOICES[name] && value !== null;
    const shown = value === null ? '# none' : secret ? '"…" # not shown' : toml(value);
    return `${name} = ${shown}`.padEnd(48) + ` # ${sources[name]}`;
  });
}

function listed({ configuration, sources }: Chosen) {
  return (Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((name) => {
    const value = configuration[name];
    const isSecret = 'secret' in CHOICES[name] && value !== null;
    return { name, value: isSecret ? null : value, source: sources[name], ...(isSecret ? { secret: true } : {}) };
  });
}

function toml(value: unknown): string {
  return JSON.stringify(value);
}

/** The documented configuration file. */
function exampleFile(): string {
  const lines = ['# The configuration of Okno (TOML). Look with: okno config', ''];
  for (const [name, { says, otherwise }] of Object.entries(CHOICES)) {
    lines.push(`# ${says}.`, otherwise === null ? `# ${name} = ` : `# ${name} = ${toml(otherwise)}`, '');
  }
  return lines.join('\n').trimEnd();
}
