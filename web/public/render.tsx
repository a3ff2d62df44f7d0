import type { PromiseReply, Waits } from '../../contract/promise.ts';
import { promiseWords } from './messages/promise.ts';
import { ticketWords } from './messages/ticket.ts';
import { drawPage, type Files, type Language } from './page.tsx';
import { PromiseMain } from './promise-main.tsx';

export { sitePage } from './site/site-page.tsx';

/** What every page is drawn from. */
export interface Drawn {
  readonly language: Language;
  readonly files: Files;
  /** True over a clock that is not real. */
  readonly ribbon: boolean;
}

/** The visitor's page before its script has read the secret from the address: the words, and no ticket yet. */
export function ticketPage({ language, files, ribbon }: Drawn): string {
  const words = ticketWords[language];
  return drawPage({
    language,
    title: words.title,
    files,
    ribbon: ribbon ? words.ribbon : null,
    words,
    addressIn: (one) => `/t?lang=${one}`,
    children: (
      <main id="ticket">
        <h1>{words.title}</h1>
        <p role="status">{words.loading}</p>
        <noscript>
          <p className="hint">{words.noScript}</p>
        </noscript>
      </main>
    ),
  });
}

interface PromiseDrawn extends Drawn {
  readonly figures: PromiseReply;
  readonly days: readonly { readonly day: string; readonly waits: Waits }[];
  /** The centre that is asked for; null: the whole network. */
  readonly centreId: number | null;
  readonly timeZone: string;
}

/** The promise in public, whole without a script. */
export function promisePage({ language, files, ribbon, ...drawn }: PromiseDrawn): string {
  const words = promiseWords[language];
  const { centreId, figures } = drawn;
  return drawPage({
    language,
    title: words.title,
    files,
    ribbon: ribbon ? words.ribbon : null,
    words,
    addressIn: (one) => `/promise?${query({ lang: one, day: figures.day, centre: centreId })}`,
    children: <PromiseMain {...drawn} language={language} />,
  });
}

function query(values: Readonly<Record<string, string | number | null>>): string {
  const kept = Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]));
  return new URLSearchParams(kept).toString();
}
