import { existsSync } from 'node:fs';
import type { Context } from '../../platform/context.ts';
import { type DrawnPages, openRenderer } from './renderer.ts';
import { serveScreens } from './screens.ts';

/** Serves the built screens from a folder; gives what draws the other pages. Null: nothing was built, and only programs are answered. */
export async function openPages(context: Context, folder: string): Promise<DrawnPages | null> {
  if (!existsSync(folder)) return null;
  await serveScreens(context, folder);
  return openRenderer(folder, !context.isReal);
}
