import { wallTime } from '../shared/clock.tsx';
import { useCentre } from '../shared/centre.ts';
import type { ReplyOf } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../shared/query.ts';
import { Problem } from '../shared/problem.tsx';
import { messages } from './messages/index.ts';
import { windowInAddress } from './purpose.ts';
import { paths } from '../shared/paths.ts';

export type ArrivedScan = ReplyOf<'GET /api/centres/:centreId/arrived-scans'>[number];

const ASK_EVERY_MS = 3_000;
const REMOVED = ['GET /api/centres/:centreId/arrived-scans'] as const;

interface FromScannerProps {
  readonly centreId: number;
  /** The documents of the form that a scan can become part of. */
  readonly documents: readonly { readonly kind: string; readonly name: string }[];
  /** Scans that this form has already. */
  readonly has: ReadonlySet<string>;
  readonly take: (kind: string, scan: ArrivedScan) => void;
}

/** What the scanner of this window, or of the centre, has put down: each is looked at and made part of a document, or thrown away. */
export function FromScanner({ centreId, documents, has, take }: FromScannerProps) {
  const words = useMessages(messages);
  const windowId = windowInAddress();
  const input = { params: { centreId }, query: windowId === null ? {} : { windowId } };
  const arrived = useQuery('GET /api/centres/:centreId/arrived-scans', input, ASK_EVERY_MS);
  const removal = useChange('DELETE /api/centres/:centreId/arrived-scans/:fileId', REMOVED);
  const scans = (arrived.data ?? []).filter(({ fileId }) => !has.has(fileId));
  if (scans.length === 0 && removal.problem === null) return <QueryState of={arrived} calm />;
  return (
    <section className="from-scanner" aria-label={words.fromScanner}>
      <h3>{words.fromScanner}</h3>
      <ul>
        {scans.map((scan) => (
          <Scan
            key={scan.fileId}
            centreId={centreId}
            scan={scan}
            documents={documents}
            take={(kind) => take(kind, scan)}
            throwAway={() => removal.run({ params: { centreId, fileId: scan.fileId } })}
          />
        ))}
      </ul>
      <QueryState of={arrived} calm />
      <Problem text={removal.problem} />
    </section>
  );
}

interface ScanProps {
  readonly centreId: number;
  readonly scan: ArrivedScan;
  readonly documents: FromScannerProps['documents'];
  readonly take: (kind: string) => void;
  readonly throwAway: () => void;
}

function Scan({ centreId, scan, documents, take, throwAway }: ScanProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const timeZone = useCentre(centreId)?.timeZone ?? 'UTC';
  const from = scan.windowId === null ? words.scannerOfCentre : words.scannerOfWindow(scan.windowId);
  const name = `${scan.name}, ${wallTime(scan.arrivedAt, timeZone, language)}, ${from}`;
  return (
    <li>
      {scan.state === 'clean' ? (
        <a href={paths.file(scan.fileId)} target="_blank" rel="noreferrer">
          {name}
        </a>
      ) : (
        name
      )}
      <select aria-label={`${name}: ${words.scanBelongsTo}`} value="" onChange={(event) => take(event.target.value)}>
        <option value="">{words.scanBelongsTo}</option>
        {documents.map((document) => (
          <option key={document.kind} value={document.kind}>
            {document.name}
          </option>
        ))}
      </select>
      <button type="button" aria-label={`${words.throwAway}: ${name}`} onClick={throwAway}>
        {words.throwAway}
      </button>
    </li>
  );
}
