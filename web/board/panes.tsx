import type { Hall, HallWindow } from '../../core/queue/hall.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { windowMessages, windowWord } from '../shared/messages/windows.ts';
import { messages } from './messages/index.ts';

export interface Zone {
  readonly zoneId: number;
  readonly name: { readonly ru: string; readonly en: string };
  readonly windowIds: readonly number[];
}

/** The number of windows that fit in one row of the foot; more take two. */
const ONE_ROW = 26;

interface PanesProps {
  readonly hall: Hall;
  readonly zones: readonly Zone[];
}

/** Every window of the hall as a pane, by zones: the lit ones call. One looks here for the way, never for a number. */
export function Panes({ hall, zones }: PanesProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const rows = hall.windows.length > ONE_ROW ? 2 : 1;
  const parts = partsOf(hall.windows, zones);
  return (
    <div className="board__panes">
      {parts.map(({ zone, windows }) => {
        const columns = Math.ceil(windows.length / rows);
        const name = zone === null ? words.windows : words.zone(zone.name[language]);
        return (
          <section key={zone?.zoneId ?? 0} className="zone" style={{ flexGrow: columns }} aria-label={name}>
            <h2 className="zone__name">
              {name} <span className="zone__span">{spanOf(windows)}</span>
            </h2>
            <ul className="zone__row" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
              {windows.map((window) => (
                <Pane key={window.windowId} window={window} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Pane({ window }: { readonly window: HallWindow }) {
  const words = useMessages(windowMessages);
  const kind = window.state === 'calling' ? ' pane--lit' : window.state === 'closed' ? ' pane--closed' : '';
  return (
    <li className={`pane${kind}`}>
      {window.windowId}
      <span className="unseen"> {windowWord(words, window)}</span>
    </li>
  );
}

/** The windows of each zone; those of none come last. */
function partsOf(windows: readonly HallWindow[], zones: readonly Zone[]) {
  const inZones = zones.map((zone) => ({
    zone,
    windows: windows.filter(({ windowId }) => zone.windowIds.includes(windowId)),
  }));
  const placed = new Set(zones.flatMap(({ windowIds }) => windowIds));
  const others = { zone: null, windows: windows.filter(({ windowId }) => !placed.has(windowId)) };
  return [...inZones, others].filter((part) => part.windows.length > 0);
}

/** `1–20`, where the numbers have no gap. */
function spanOf(windows: readonly HallWindow[]): string {
  const ids = windows.map(({ windowId }) => windowId).toSorted((a, b) => a - b);
  const [first = 0, last = 0] = [ids[0], ids.at(-1)];
  if (last - first !== ids.length - 1) return '';
  return first === last ? String(first) : `${first}–${last}`;
}
