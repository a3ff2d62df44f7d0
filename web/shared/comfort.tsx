import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useMessages } from './language.tsx';
import { messages } from './messages/index.ts';
import { parameterNow } from './place.ts';

export type Theme = 'light' | 'dark' | 'contrast';
export type Size = 'usual' | 'large';

interface Comfort {
  readonly theme: Theme;
  readonly size: Size;
  readonly change: (comfort: { readonly theme?: Theme; readonly size?: Size }) => void;
  /** Back to how the screen is for everybody. */
  readonly reset: () => void;
}

const Shown = createContext<Comfort>({
  theme: 'light',
  size: 'usual',
  change: () => undefined,
  reset: () => undefined,
});

/**
 * How a screen looks for its user. The address may ask for it (`?theme=contrast&size=large`), as may the
 * settings of the person's own machine.
 */
export function ComfortProvider({ usual = 'light', children }: { readonly usual?: Theme; children: ReactNode }) {
  const [theme, setTheme] = useState<Theme>(() => asked('theme', ['light', 'dark', 'contrast']) ?? ownTheme() ?? usual);
  const [size, setSize] = useState<Size>(() => asked('size', ['usual', 'large']) ?? 'usual');
  useEffect(() => {
    Object.assign(document.documentElement.dataset, { theme, print: size === 'large' ? 'large' : 'normal' });
  }, [theme, size]);
  const comfort: Comfort = {
    theme,
    size,
    change: (next) => {
      if (next.theme !== undefined) setTheme(next.theme);
      if (next.size !== undefined) setSize(next.size);
    },
    reset: () => {
      setTheme(usual);
      setSize('usual');
    },
  };
  return <Shown value={comfort}>{children}</Shown>;
}

function asked<One extends string>(name: string, allowed: readonly One[]): One | null {
  const value = parameterNow(name);
  return allowed.find((one) => one === value) ?? null;
}

function ownTheme(): Theme | null {
  return matchMedia('(prefers-contrast: more)').matches ? 'contrast' : null;
}

export function useComfort(): Comfort {
  return useContext(Shown);
}

/** Large print and high contrast, on every screen that visitors use. */
export function ComfortButtons({ usual = 'light' }: { readonly usual?: Theme }) {
  const words = useMessages(messages);
  const { theme, size, change } = useComfort();
  return (
    <div className="languages">
      <button
        type="button"
        aria-pressed={size === 'large'}
        onClick={() => change({ size: size === 'large' ? 'usual' : 'large' })}
      >
        <span aria-hidden="true">А+</span> {words.largePrint}
      </button>
      <button
        type="button"
        aria-pressed={theme === 'contrast'}
        onClick={() => change({ theme: theme === 'contrast' ? usual : 'contrast' })}
      >
        <span aria-hidden="true">◐</span> {words.highContrast}
      </button>
    </div>
  );
}
