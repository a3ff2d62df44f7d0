import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PromiseReply, Waits } from '../../../contract/promise.ts';
import type { SitePage } from '../../../contract/site.ts';

type Language = 'ru' | 'en';

/** How a page of the site is shown to this visitor. */
interface Look {
  readonly language: Language;
  readonly isLarge: boolean;
  readonly address: string;
  readonly origin: string;
  /** True where visitors can sign in. */
  readonly hasLogin: boolean;
}

/** What the page of the promise shows. */
interface PromiseShown {
  readonly language: Language;
  readonly figures: PromiseReply;
  readonly days: readonly { readonly day: string; readonly waits: Waits }[];
  readonly centreId: number | null;
  readonly timeZone: string;
}

/** Draws the pages that the server draws. */
export interface DrawnPages {
  ticketPage(language: Language): string;
  sitePage(page: SitePage, look: Look): string;
  promisePage(shown: PromiseShown): string;
}

/** What goes with every page: its script, its styles, fonts, and a ribbon over a clock that is not real. */
interface Around {
  readonly files: Files;
  readonly ribbon: boolean;
}

interface Files {
  readonly script: string;
  readonly styles: readonly string[];
  readonly fonts: readonly string[];
}

/** What web/public/render.tsx gives, once it is built. */
interface Renderer {
  ticketPage(drawn: { readonly language: Language } & Around): string;
  sitePage(page: SitePage, look: Look & Around): string;
  promisePage(drawn: PromiseShown & Around): string;
}

/** The renderer that was built into a folder; null: none was. */
export async function openRenderer(folder: string, ribbon: boolean): Promise<DrawnPages | null> {
  const built = join(folder, 'server/render.js');
  if (!existsSync(built)) return null;
  const renderer = (await import(pathToFileURL(built).href)) as Renderer;
  const filesOf = builtFiles(folder);
  const around = (source: string): Around => ({ files: filesOf(source), ribbon });
  return {
    ticketPage: (language) => renderer.ticketPage({ language, ...around('public/ticket.ts') }),
    sitePage: (page, look) => renderer.sitePage(page, { ...look, ...around('public/site.ts') }),
    promisePage: (shown) => renderer.promisePage({ ...shown, ...around('public/promise.ts') }),
  };
}

/** The letters of Russian and English. */
const PRELOADED_FONTS = /^golos-text-(cyrillic|latin)-wght-normal-.*\.woff2$/;

/** The names that the build gave to a module and its styles. */
function builtFiles(folder: string): (source: string) => Files {
  type Chunk = { readonly file: string; readonly css?: readonly string[]; readonly imports?: readonly string[] };
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const stylesOf = (source: string, seen: Set<string>): string[] => {
    const chunk = manifest[source];
    if (chunk === undefined || seen.has(source)) return [];
    seen.add(source);
    return [...(chunk.imports ?? []).flatMap((one) => stylesOf(one, seen)), ...(chunk.css ?? [])];
  };
  const fonts = readdirSync(join(folder, 'assets'))
    .filter((file) => PRELOADED_FONTS.test(file))
    .map((file) => `assets/${file}`);
  return (source) => ({
    script: manifest[source]?.file ?? '',
    styles: [...new Set(stylesOf(source, new Set()))],
    fonts,
  });
}
