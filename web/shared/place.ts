/** The address of this page, to which a person comes back after signing in. */
export const thisPage = () => location.pathname + location.search;

/** A search parameter of this page at this moment; null where the address has none. */
export const parameterNow = (name: string) => new URLSearchParams(location.search).get(name);

/** A part of this page's path: 1 of `/agency/mvd` is `mvd`; an empty text where there is none. */
export function partOfPath(place: number): string {
  const text = location.pathname.split('/')[place + 1] ?? '';
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
