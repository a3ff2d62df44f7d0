import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

export type Language = 'ru' | 'en';

interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const Choice = createContext<LanguageChoice>({ language: 'ru', choose: () => undefined });

/** The screens speak Russian unless the address says `?lang=en` or somebody chooses. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const asked = new URLSearchParams(location.search).get('lang');
  const [language, choose] = useState<Language>(asked === 'en' ? 'en' : 'ru');
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <Choice value={{ language, choose }}>{children}</Choice>;
}

export function useLanguage(): LanguageChoice {
  return useContext(Choice);
}

/** The sentences of a screen in the chosen language. */
export function useMessages<Messages>(catalogue: Readonly<Record<Language, Messages>>): Messages {
  return catalogue[useLanguage().language];
}

const NAMES: Readonly<Record<Language, string>> = { ru: 'Русский', en: 'English' };

export function LanguageButtons() {
  const { language, choose } = useLanguage();
  return (
    <div className="languages">
      {(Object.keys(NAMES) as Language[]).map((one) => (
        <button key={one} type="button" lang={one} aria-pressed={one === language} onClick={() => choose(one)}>
          {NAMES[one]}
        </button>
      ))}
    </div>
  );
}
