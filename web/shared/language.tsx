import { createContext, type ReactNode, useContext, useLayoutEffect, useState } from 'react';
import { parameterNow } from './place.ts';

/** The languages in which everything is written: names of centres and services, problems. */
export type Language = 'ru' | 'en';

/** The sentences of a screen by language: Russian and English always, others where there is a file. */
export type Catalogue<Messages> = Readonly<Record<Language, Messages>> & Readonly<Record<string, Messages>>;

interface LanguageChoice {
  /** The language of names and dates: that of the screen, or Russian where the city writes no names in it. */
  readonly language: Language;
  /** The language of the screen's own sentences (ISO 639-1). */
  readonly spoken: string;
  readonly choose: (language: string) => void;
}

const Choice = createContext<LanguageChoice>({ language: 'ru', spoken: 'ru', choose: () => undefined });

/** Whose a screen is: of one person, who has the language of their browser or their own choice; or of everybody in a hall. */
export type Whose = 'own' | 'hall';

/**
 * A screen speaks the language that the address names, `?lang=en`. Without one an own screen speaks what was chosen in this browser, on
 * whichever screen, or else what the browser asks for. A screen of the hall begins in Russian for everybody, and forgets what a visitor chose.
 */
export function LanguageProvider({ whose, children }: { readonly whose: Whose; children: ReactNode }) {
  const [spoken, setSpoken] = useState(() => asked() ?? (whose === 'own' ? (chosen() ?? ofBrowser()) : 'ru'));
  // Before any screen asks the server for something: refusals come in this language.
  useLayoutEffect(() => {
    document.documentElement.lang = spoken;
  }, [spoken]);
  const choose = (next: string) => {
    setSpoken(next);
    if (whose === 'own') keepChosen(next);
  };
  const language = spoken === 'en' ? 'en' : 'ru';
  return <Choice value={{ language, spoken, choose }}>{children}</Choice>;
}

const KEPT = 'okno-language';
const isLanguage = (text: string | null): text is string => text !== null && /^[a-z]{2}$/.test(text);

function asked(): string | null {
  const named = parameterNow('lang');
  return isLanguage(named) ? named : null;
}

function chosen(): string | null {
  try {
    const kept = localStorage.getItem(KEPT);
    return isLanguage(kept) ? kept : null;
  } catch {
    // A browser that keeps nothing for pages.
    return null;
  }
}

/** Keeps a choice for all screens; what the address says would undo it when the page is loaded again. */
function keepChosen(language: string): void {
  const address = new URL(location.href);
  address.searchParams.delete('lang');
  history.replaceState(history.state, '', address);
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // It holds for this page, then.
  }
}

/** Russian unless the browser asks for English first, as the server reads it. */
function ofBrowser(): Language {
  return /^en\b/i.test(navigator.language) ? 'en' : 'ru';
}

export function useLanguage(): LanguageChoice {
  return useContext(Choice);
}

/** The sentences of a screen in the chosen language; in Russian where it has none in that one. */
export function useMessages<Messages>(catalogue: Catalogue<Messages>): Messages {
  return catalogue[useLanguage().spoken] ?? catalogue.ru;
}

const NAMES: Readonly<Record<string, string>> = { ru: 'Русский', en: 'English', uz: 'Oʻzbekcha' };

const BOTH = ['ru', 'en'];

/** A button for each language of a screen: of all that its catalogue has. */
export function LanguageButtons({ languages = BOTH }: { readonly languages?: readonly string[] }) {
  const { spoken, choose } = useLanguage();
  return (
    <div className="languages">
      {languages.map((one) => (
        <button key={one} type="button" lang={one} aria-pressed={one === spoken} onClick={() => choose(one)}>
          {NAMES[one] ?? one}
        </button>
      ))}
    </div>
  );
}
