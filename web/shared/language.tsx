import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

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

/** The screens speak Russian unless the address says `?lang=en` or somebody chooses. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const asked = new URLSearchParams(location.search).get('lang') ?? 'ru';
  const [spoken, choose] = useState(/^[a-z]{2}$/.test(asked) ? asked : 'ru');
  useEffect(() => {
    document.documentElement.lang = spoken;
  }, [spoken]);
  const language = spoken === 'en' ? 'en' : 'ru';
  return <Choice value={{ language, spoken, choose }}>{children}</Choice>;
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
