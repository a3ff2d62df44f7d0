import { useState } from 'react';
import type { Manifest } from '../../contract/papers.ts';
import { call } from '../shared/client.ts';
import { useMessages } from '../shared/language.tsx';
import { QueryState, useQuery } from '../shared/query.ts';
import { ManifestView } from '../shared/papers/manifest-view.tsx';
import { messages as paperMessages } from '../shared/papers/messages/index.ts';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

const ASK_EVERY_MS = 10_000;

/** Manifests that come from centres, and those that take results back. */
export function AgencyPapers({ agencyId }: { readonly agencyId: string }) {
  const words = useMessages(messages);
  const { states, directions } = useMessages(paperMessages);
  const [manifest, setManifest] = useState<Manifest | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const manifests = useQuery('GET /api/agencies/:agencyId/manifests', { params: { agencyId } }, ASK_EVERY_MS);
  const shown = (next: Manifest) => {
    setManifest(next);
    void manifests.again();
  };
  const fail = (error: Error) => setProblem(error.message);
  const open = (manifestId: string) =>
    call('GET /api/manifests/:manifestId', { params: { manifestId } }).then(shown, fail);
  const begin = (centreId: number) => {
    setProblem(null);
    const body = { commandId: crypto.randomUUID(), direction: 'in' as const, agencyId };
    call('POST /api/centres/:centreId/manifests', { params: { centreId }, body }).then(shown, fail);
  };
  return (
    <div className="columns">
      <section aria-labelledby="manifests">
        <h2 id="manifests">{words.manifests}</h2>
        <form
          className="form"
          aria-label={words.openManifest}
          onSubmit={(event) => {
            event.preventDefault();
            begin(Number(new FormData(event.currentTarget).get('centre')));
          }}
        >
          <label>
            <span>{words.toCentre}</span>
            <input name="centre" type="number" min={1} required />
          </label>
          <button type="submit">{words.openManifest}</button>
        </form>
        <QueryState of={manifests} />
        <ul>
          {manifests.data?.map(({ manifestId, number, state, direction }) => (
            <li key={manifestId}>
              <button type="button" className="link" onClick={() => void open(manifestId)}>
                {number}
              </button>{' '}
              {directions[direction]} · {states[state]}
            </li>
          ))}
        </ul>
        <Problem text={problem} />
      </section>
      {manifest !== null && <ManifestView manifest={manifest} sends={manifest.direction === 'in'} changed={shown} />}
    </div>
  );
}
