import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

const ROWS: Readonly<Record<'ru' | 'en', readonly string[]>> = {
  ru: ['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбюё'],
  en: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
};

interface KeyboardProps {
  readonly text: string;
  readonly change: (text: string) => void;
}

/** Keys on the glass: a kiosk has no others. */
export function Keyboard({ text, change }: KeyboardProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  return (
    <div className="keyboard" role="group" aria-label={words.keyboard}>
      {ROWS[language].map((row) => (
        <div key={row}>
          {[...row].map((letter) => (
            <button key={letter} type="button" onClick={() => change(text + letter)}>
              {letter}
            </button>
          ))}
        </div>
      ))}
      <div>
        <button type="button" onClick={() => change(text.slice(0, -1))}>
          ⌫ <span className="unseen">{words.erase}</span>
        </button>
        <button type="button" className="space" onClick={() => change(`${text} `)}>
          {words.space}
        </button>
      </div>
    </div>
  );
}

/** Digits on the glass. */
export function Digits({ text, change, letters = '' }: KeyboardProps & { readonly letters?: string }) {
  const words = useMessages(messages);
  return (
    <div className="keyboard digits" role="group" aria-label={words.keyboard}>
      {letters !== '' && (
        <div>
          {[...letters].map((letter) => (
            <button key={letter} type="button" onClick={() => change(text + letter)}>
              {letter}
            </button>
          ))}
        </div>
      )}
      <div>
        {[...'1234567890'].map((digit) => (
          <button key={digit} type="button" onClick={() => change(text + digit)}>
            {digit}
          </button>
        ))}
        <button type="button" onClick={() => change(text.slice(0, -1))}>
          ⌫ <span className="unseen">{words.erase}</span>
        </button>
      </div>
    </div>
  );
}
