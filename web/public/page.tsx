import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

export type Language = 'ru' | 'en';

/** The files of a page, as the build named them. */
export interface Files {
  readonly script: string;
  readonly styles: readonly string[];
  /** The letters that the page is written in: asked for at once, so that no line jumps when they come. */
  readonly fonts: readonly string[];
}

interface PageProps {
  readonly language: Language;
  readonly title: string;
  readonly files: Files;
  /** What the ribbon over a clock that is not real says; null over the real one. */
  readonly ribbon: string | null;
  readonly words: { readonly largePrint: string; readonly highContrast: string };
  /** The address of this page in a language. */
  readonly addressIn: (language: Language) => string;
  /** True in large print; a page that is drawn for it needs no script to be so. */
  readonly isLarge?: boolean;
  /** Where the other print is, and how it is called; the buttons do the same with a script. */
  readonly largeAddress?: string;
  readonly largeWord?: string;
  readonly menu?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

const NAMES: Readonly<Record<Language, string>> = { ru: 'Русский', en: 'English' };

/** A page that is whole without any script: drawn here, on the server, and made livelier by a small module. */
export function drawPage(props: PageProps): string {
  return `<!doctype html>${renderToStaticMarkup(<Page {...props} />)}`;
}

function Page({ language, title, files, ribbon, words, addressIn, children, ...more }: PageProps) {
  const { isLarge = false, largeAddress, largeWord, menu, footer } = more;
  return (
    <html lang={language} data-device="site" data-print={isLarge ? 'large' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content={title} />
        <meta name="referrer" content="same-origin" />
        <title>{`${title} · Okno`}</title>
        <link rel="icon" href="data:," />
        {files.fonts.map((font) => (
          <link key={font} rel="preload" as="font" type="font/woff2" href={`/${font}`} crossOrigin="anonymous" />
        ))}
        {files.styles.map((style) => (
          <link key={style} rel="stylesheet" href={`/${style}`} />
        ))}
        <script type="module" src={`/${files.script}`} />
      </head>
      <body className="public">
        {ribbon !== null && <aside className="ribbon">{ribbon}</aside>}
        <header className="public-header">
          <p className="brand">{menu === undefined ? 'Мои документы' : <a href="/">Мои документы</a>}</p>
          <div className="languages">
            {largeAddress !== undefined && (
              <noscript>
                <a href={largeAddress}>{largeWord}</a>
              </noscript>
            )}
            <button type="button" data-comfort="print" data-waiting>
              <span aria-hidden="true">А+</span> {words.largePrint}
            </button>
            <button type="button" data-comfort="theme" data-waiting>
              <span aria-hidden="true">◐</span> {words.highContrast}
            </button>
            {(['ru', 'en'] as const).map((one) => (
              <a
                key={one}
                lang={one}
                href={addressIn(one)}
                data-language={one}
                aria-current={one === language ? 'true' : undefined}
              >
                {NAMES[one]}
              </a>
            ))}
          </div>
        </header>
        {menu}
        {children}
        {footer !== undefined && <footer className="public-footer">{footer}</footer>}
      </body>
    </html>
  );
}
