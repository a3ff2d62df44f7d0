import { useState } from 'react';
import type { ReplyOf } from '../shared/client.ts';
import { useMessages } from '../shared/language.tsx';
import { useChange } from '../shared/query.ts';
import { Camera } from '../shared/papers/camera.tsx';
import { Problem } from '../shared/problem.tsx';
import { messages } from './messages/index.ts';

interface ShelfProps {
  readonly papers: ReplyOf<'GET /api/centres/:centreId/papers'>;
}

/** What waits for its owner, by cell; a result is put there by its barcode. */
export function Shelf({ papers }: ShelfProps) {
  const words = useMessages(messages);
  const [barcode, setBarcode] = useState('');
  const cells = Map.groupBy(
    papers.filter(({ place }) => place === 'shelf').toSorted((a, b) => ((a.cell ?? '') < (b.cell ?? '') ? -1 : 1)),
    ({ cell }) => cell ?? '—',
  );
  const place = useChange('PUT /api/papers/:barcode/shelf', ['GET /api/centres/:centreId/papers']);
  return (
    <section aria-labelledby="shelf">
      <h2 id="shelf">{words.shelf}</h2>
      <form
        className="form"
        aria-label={words.putOnShelf}
        onSubmit={(event) => {
          event.preventDefault();
          const cell = String(new FormData(event.currentTarget).get('cell')).trim();
          place.run({ params: { barcode: barcode.trim() }, body: { cell } }, () => setBarcode(''));
        }}
      >
        <label>
          <span>{words.paperBarcode}</span>
          <input
            inputMode="numeric"
            required
            autoComplete="off"
            value={barcode}
            onChange={(event) => setBarcode(event.target.value)}
          />
        </label>
        <label>
          <span>{words.cell}</span>
          <input name="cell" required maxLength={12} pattern="[0-9A-Za-zА-Яа-я\-]+" autoComplete="off" />
        </label>
        <button type="submit">{words.putOnShelf}</button>
        <Camera scan={setBarcode} />
      </form>
      <Problem text={place.problem} />
      <ul>
        {Array.from(cells, ([cell, own]) => (
          <li key={cell}>
            <strong>{cell}</strong>: {own.map((paper) => `${paper.number ?? '—'} (${paper.barcode})`).join(', ')}
          </li>
        ))}
      </ul>
    </section>
  );
}
