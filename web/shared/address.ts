import { useCallback } from 'react';
import { Link, useRoute } from 'wouter';
import { navigate, usePathname, useSearch } from 'wouter/use-browser-location';

/** A link within the screens of one page: nothing is loaded again, and Back works. `usePath` and `useRoute` read the path as it is now. */
export { Link, usePathname as usePath, useRoute };

/** Goes to another address of this page; Back comes back. */
export const goTo = (path: string): void => navigate(path);

type Change = Readonly<Record<string, string | number | null>>;

/** The state of an entry of the history that was made to open something. */
interface Opened {
  readonly opened: string;
}

/** This page with some search parameters changed; null takes one away. */
function changed(change: Change): string {
  const { pathname, search } = location;
  const parameters = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) parameters.delete(name);
    else parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? pathname : `${pathname}?${text}`;
}

/** Changes search parameters of this page: one step in the history, and none where nothing changes. */
export function setParameters(change: Change): void {
  const next = changed(change);
  if (next !== changed({})) navigate(next);
}

/** A search parameter of this page as it is now, and how it is changed: Back undoes a change, and a reload keeps it. */
export function useParameter(name: string): readonly [string | null, (value: string | number | null) => void] {
  const value = new URLSearchParams(useSearch()).get(name);
  const change = useCallback((next: string | number | null) => setParameters({ [name]: next }), [name]);
  return [value, change];
}

/** Something that opens over the screen, such as a dialog, and is named in the address while it is open. */
interface Openable {
  readonly opened: string | null;
  readonly open: (what: string | number) => void;
  readonly close: () => void;
}

/** Closing goes back to where it was opened; where it was open from the beginning, such as after a reload, the address loses its name. */
export function useOpenable(name: string): Openable {
  const [opened] = useParameter(name);
  const open = useCallback(
    (what: string | number) => navigate(changed({ [name]: what }), { state: { opened: name } satisfies Opened }),
    [name],
  );
  const close = useCallback(() => {
    if (new URLSearchParams(location.search).get(name) === null) return;
    if ((history.state as Opened | null)?.opened === name) history.back();
    else navigate(changed({ [name]: null }), { replace: true });
  }, [name]);
  return { opened, open, close };
}
