import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '../..');

/** The project's files by their path from the root: what git tracks and what it would. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((path) => path !== '' && !path.includes('node_modules/'));
}

/** The TypeScript sources with their text. */
export function sourceFiles(): Map<string, string> {
  const paths = projectFiles().filter((path) => /\.tsx?$/.test(path));
  return new Map(paths.map((path) => [path, readFileSync(join(projectRoot, path), 'utf8')]));
}
