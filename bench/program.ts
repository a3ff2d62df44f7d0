import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../server/main.ts';

/** An `okno` of its own process that serves. */
export interface Program {
  readonly url: string;
  readonly pid: number;
  /** Everything that it has printed so far. */
  said(): string;
  /** Ends it in order; gives its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would. */
  kill(): Promise<number | null>;
  /** Comes when the program has ended, for whatever reason. */
  readonly ended: Promise<number | null>;
}

/** Starts `okno …`, by default the one of this checkout, and waits until it says where it serves. `errors`: where its errors go, an open file or here. */
export async function startProgram(
  args: readonly string[],
  command = ownCommand(),
  env: NodeJS.ProcessEnv = process.env,
  errors: number | 'inherit' = 'inherit',
): Promise<Program> {
  const [file = '', ...before] = command;
  const child = spawn(file, [...before, ...args], { stdio: ['ignore', 'pipe', errors], env });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /https?:\/\/[\w.:[\]]+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.on('exit', (code) => reject(new Error(`okno ${args.join(' ')} ended with ${code}: ${said}`)));
  });
  const end = (signal: NodeJS.Signals) => () => {
    child.kill(signal);
    return ended;
  };
  return { url, pid: child.pid as number, said: () => said, stop: end('SIGTERM'), kill: end('SIGKILL'), ended };
}

function ownCommand(): string[] {
  const main = [join(root, 'cli/main.ts'), join(root, 'cli/main.js')].find((path) => existsSync(path)) as string;
  return [process.execPath, main];
}

/** 1, 2, … count. */
export function serviceNumbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
