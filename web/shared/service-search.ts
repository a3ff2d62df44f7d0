import { useMemo } from 'react';
import { type Find, searchIn, type Searched } from '../../core/language/search.ts';
import { useAnswer } from './answers.ts';

const ASK_EVERY_MS = 3_600_000;

/**
 * Finds services in plain words, in the browser: with how people ask for them as soon as the server has told it, by their names alone till
 * then. `textsOf` gives the names of one, and what it belongs to.
 */
export function useServiceSearch<One extends { readonly serviceId: string }>(
  services: readonly One[],
  textsOf: (one: One) => Searched,
): Find<One> {
  const told = useAnswer('GET /api/service-words', {}, ASK_EVERY_MS);
  // Lists are other objects at every drawing; what can be found is the same text.
  const text = JSON.stringify(services.map((one) => [one.serviceId, textsOf(one)]));
  return useMemo(() => {
    const words = new Map((told ?? []).map(({ serviceId, askedAs }) => [serviceId, askedAs]));
    const searched = JSON.parse(text) as [string, Searched][];
    const find = searchIn(searched, ([serviceId, texts]) => ({ ...texts, askedAs: words.get(serviceId) ?? [] }));
    return (asked) => {
      const order = find(asked).map(([serviceId]) => serviceId);
      return order.flatMap((serviceId) => services.find((one) => one.serviceId === serviceId) ?? []);
    };
    // The services are told apart by their text.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [told, text]);
}
