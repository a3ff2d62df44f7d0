import type { ListedCentre } from './centre-list.ts';

/** What a list would change in the network. */
export interface Difference {
  readonly added: readonly ListedCentre[];
  readonly changed: readonly { readonly centre: ListedCentre; readonly fields: readonly FieldChange[] }[];
  /** Centres of an earlier list that this one does not name: nothing is done to them. */
  readonly missing: readonly { readonly sourceId: string; readonly name: string }[];
}

interface FieldChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** Compares a list with the centres that came from such a list before. */
export function compare(listed: readonly ListedCentre[], known: readonly ListedCentre[]): Difference {
  const bySource = new Map(known.map((centre) => [centre.sourceId, centre]));
  const named = new Set(listed.map(({ sourceId }) => sourceId));
  const changed = listed.flatMap((centre) => {
    const before = bySource.get(centre.sourceId);
    const fields = before === undefined ? [] : fieldChanges(before, centre);
    return fields.length === 0 ? [] : [{ centre, fields }];
  });
  return {
    added: listed.filter(({ sourceId }) => !bySource.has(sourceId)),
    changed,
    missing: known.flatMap(({ sourceId, name }) => (named.has(sourceId) ? [] : [{ sourceId, name: name.ru }])),
  };
}

function fieldChanges(before: ListedCentre, after: ListedCentre): FieldChange[] {
  return (Object.keys(after) as (keyof ListedCentre)[]).flatMap((field) => {
    const [from, to] = [JSON.stringify(before[field]), JSON.stringify(after[field])];
    return from === to ? [] : [{ field, from, to }];
  });
}
