import { CirclePause, WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ScreenSettings } from '../../contract/screens.ts';
import type { Hall } from '../../core/queue/hall.ts';
import { dayInDigits } from '../../core/time/day-in-digits.ts';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { call } from '../shared/client.ts';
import { useClock, wallTime } from '../shared/clock.tsx';
import { Connection } from '../shared/connection.tsx';
import { useHall } from '../shared/hall.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { useAnswer } from '../shared/answers.ts';
import { useScreens } from '../shared/screens.ts';
import { Calls } from './calls.tsx';
import { Line } from './line.tsx';
import { Media } from './media.tsx';
import { Mark } from '../shared/mark.tsx';
import { messages } from './messages/index.ts';
import { Panes, type Zone } from './panes.tsx';
import { allowSound, maySound } from '../shared/sound.ts';
import { useAnnouncer } from './use-announcer.ts';
import { parameterNow } from '../shared/place.ts';

const SEAL_EVERY_MS = 30_000;
const HOUR_MS = 3_600_000;

/** Shows the hall to everybody in it: the calls, the numbers that wait, and where the windows are. */
export function BoardScreen() {
  const [centreId = 0] = numbersInAddress('centre');
  const { language } = useLanguage();
  const words = useMessages(messages);
  const centre = useCentre(centreId);
  const settings = useScreens(centreId);
  const live = useHall(centreId);
  const { now } = useClock();
  const { zone, zones } = useZones(centreId);
  const hall = live.hall === null || live.lostAt !== null ? null : withinZone(live.hall, zone?.windowIds ?? null);
  const said = useAnnouncer(hall?.calls ?? null, now, settings?.board ?? null);
  const backAt = useBackAt(live.lostAt !== null, now);
  const resting = hall !== null && isResting(hall, now, settings?.board ?? null);
  const note = hall === null ? '' : words.note;
  return (
    <main className="board__screen">
      <header className="board__head">
        <Mark className="board__mark" />
        <h1 className="board__place">
          {centre?.name[language]}
          {zone !== null && ` · ${zone.name[language]}`}
        </h1>
        <SoundButton />
        {maySound() && <p className="board__note">{note}</p>}
        <p className="board__clock">{now !== null && centre !== null && wallTime(now, centre.timeZone, language)}</p>
      </header>
      {live.problem !== null && <Connection live={live} />}
      {live.lostAt !== null && live.problem === null && (
        <>
          <p className="board__banner" role="alert">
            <WifiOff className="icon" />
            {words.lost(wallTime(live.lostAt, centre?.timeZone ?? ownZone(), language))}
          </p>
          <div className="board__alone">
            <Media centreId={centreId} />
          </div>
        </>
      )}
      {hall !== null && (
        <>
          <Stopped hall={hall} />
          <div className="board__main">
            <Calls hall={hall} now={now} said={said} backAt={backAt} />
            {resting ? <Media centreId={centreId} /> : <Line hall={hall} />}
          </div>
          <Panes hall={hall} zones={zone === null ? zones : [zone]} />
          {hall.state === 'closed' && <DaySeal hall={hall} />}
        </>
      )}
      <RunningText settings={settings?.board ?? null} />
      <p className="unseen" role="status">
        {said === null ? '' : `${said.number} ${words.toWindow(said.windowId)}`}
      </p>
    </main>
  );
}

/** The zones of the hall, and the one of this board, from its address: `/board/84?zone=2`; null: the whole hall. */
function useZones(centreId: number): { readonly zone: Zone | null; readonly zones: readonly Zone[] } {
  const asked = Number(parameterNow('zone') ?? 0);
  const zones = useAnswer('GET /api/centres/:centreId/zones', { params: { centreId } }, HOUR_MS) ?? [];
  return { zones, zone: zones.find(({ zoneId }) => zoneId === asked) ?? null };
}

/** Before the first answer only the zone of this machine is known. */
function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** When the line to the server was back after the last break; null while it has never broken. */
function useBackAt(isLost: boolean, now: number | null): number | null {
  const [line, setLine] = useState({ isLost, backAt: null as number | null });
  // Kept while drawing: an effect would show one picture without the ages of missed calls.
  if (line.isLost !== isLost) setLine({ isLost, backAt: isLost ? line.backAt : now });
  return line.backAt;
}

function withinZone(hall: Hall, windowIds: readonly number[] | null): Hall {
  if (windowIds === null) return hall;
  const here = new Set(windowIds);
  return {
    ...hall,
    windows: hall.windows.filter(({ windowId }) => here.has(windowId)),
    calls: hall.calls.filter(({ windowId }) => here.has(windowId)),
  };
}

/** Nobody has been called for a while, and nobody is on the way to a window. */
function isResting({ calls, windows }: Hall, now: number | null, settings: ScreenSettings['board'] | null): boolean {
  const after = settings?.mediaAfterSeconds ?? null;
  if (after === null || now === null || windows.some(({ state }) => state === 'calling')) return false;
  return now - (calls[0]?.at ?? 0) > after * 1_000;
}

function Stopped({ hall: { stopped } }: { readonly hall: Hall }) {
  const words = useMessages(messages);
  return stopped === null ? null : (
    <p className="board__banner" role="alert">
      <CirclePause className="icon" />
      {words.stopped}
    </p>
  );
}

/** Browsers let no page sound that nobody has touched: a board says so once. */
function SoundButton() {
  const words = useMessages(messages);
  const [sounds, setSounds] = useState(maySound);
  if (sounds) return null;
  return (
    <button type="button" className="board__sound" onClick={() => void allowSound().then(() => setSounds(maySound()))}>
      {words.soundOn}
    </button>
  );
}

function RunningText({ settings }: { readonly settings: ScreenSettings['board'] | null }) {
  const { language } = useLanguage();
  const text = settings?.runningText ?? null;
  return text === null ? null : (
    <p className="board__running">
      <span>{text[language]}</span>
    </p>
  );
}

/** After closing: the root under which anybody can check that the day was not rewritten. */
function DaySeal({ hall: { centreId, day } }: { readonly hall: Hall }) {
  const words = useMessages(messages);
  const [root, setRoot] = useState<string | null>(null);
  useEffect(() => {
    const ask = () =>
      call('GET /api/centres/:centreId/days/:day/seal', { params: { centreId, day } }).then(
        (seal) => setRoot(seal.root),
        // The seal follows the closing within a minute.
        () => setRoot(null),
      );
    void ask();
    const again = setInterval(() => void ask(), SEAL_EVERY_MS);
    return () => clearInterval(again);
  }, [centreId, day]);
  return root === null ? null : (
    <p className="board__seal">
      {words.seal(dayInDigits(day))} <code>{root}</code>
    </p>
  );
}
