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
import type { Said } from './announcer.ts';
import { Calls } from './calls.tsx';
import { Media } from './media.tsx';
import { messages } from './messages/index.ts';
import { allowSound, maySound } from '../shared/sound.ts';
import { useAnnouncer } from './use-announcer.ts';
import { Waits } from './waits.tsx';
import { Windows } from './windows.tsx';
import { parameterNow } from '../shared/place.ts';

const SEAL_EVERY_MS = 30_000;
const HOUR_MS = 3_600_000;

/** Shows the hall to everybody in it: calls, the states of windows, and the wait. */
export function BoardScreen() {
  const [centreId = 0] = numbersInAddress('centre');
  const { language } = useLanguage();
  const words = useMessages(messages);
  const centre = useCentre(centreId);
  const settings = useScreens(centreId);
  const live = useHall(centreId);
  const { now } = useClock();
  const zone = useZone(centreId);
  const hall = live.hall === null || live.lostAt !== null ? null : withinZone(live.hall, zone?.windowIds ?? null);
  const said = useAnnouncer(hall?.calls ?? null, now, settings?.board ?? null);
  useEffect(() => {
    document.body.classList.toggle('stale', live.lostAt !== null);
  }, [live.lostAt]);
  const resting = hall !== null && isResting(hall, now, settings?.board ?? null);

  return (
    <main>
      <header>
        <h1>
          {centre?.name[language]}
          {zone !== null && ` · ${zone.name[language]}`}
        </h1>
        <SoundButton />
        <p className="clock">{now !== null && centre !== null && wallTime(now, centre.timeZone, language)}</p>
      </header>
      <Connection live={live} />
      {live.lostAt !== null && (
        <>
          <div className="alone">
            <p>{words.notShown}</p>
            <Media centreId={centreId} />
          </div>
          <RunningText settings={settings?.board ?? null} />
        </>
      )}
      {hall !== null && (
        <>
          <Stopped hall={hall} />
          <Calls hall={hall} now={now} />
          {resting ? (
            <Media centreId={centreId} />
          ) : (
            <div className="right">
              <Windows hall={hall} />
              {centre !== null && <Waits hall={hall} groups={centre.groups} />}
            </div>
          )}
          {hall.state === 'closed' && <DaySeal hall={hall} />}
          <RunningText settings={settings?.board ?? null} />
        </>
      )}
      <Saying said={said} />
    </main>
  );
}

interface Zone {
  readonly zoneId: number;
  readonly name: { readonly ru: string; readonly en: string };
  readonly windowIds: readonly number[];
}

/** The zone of this board, from its address: `/board/84?zone=2`; null: the whole hall. */
function useZone(centreId: number): Zone | null {
  const asked = Number(parameterNow('zone') ?? 0);
  const zones = useAnswer('GET /api/centres/:centreId/zones', { params: { centreId } }, HOUR_MS);
  return zones?.find(({ zoneId }) => zoneId === asked) ?? null;
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
    <p className="stopped" role="alert">
      {words.stopped}
    </p>
  );
}

/** What is being said, for who hears little: as large as the screen lets. */
function Saying({ said }: { readonly said: Said | null }) {
  const words = useMessages(messages);
  return (
    <div className={said === null ? 'saying' : 'saying now'} role="status">
      {said !== null && (
        <>
          <strong>{said.number}</strong> <span aria-hidden="true">→</span> <span>{words.toWindow(said.windowId)}</span>
        </>
      )}
    </div>
  );
}

/** Browsers let no page sound that nobody has touched: a board says so once. */
function SoundButton() {
  const words = useMessages(messages);
  const [sounds, setSounds] = useState(maySound);
  if (sounds) return null;
  return (
    <button type="button" onClick={() => void allowSound().then(() => setSounds(maySound()))}>
      {words.soundOn}
    </button>
  );
}

function RunningText({ settings }: { readonly settings: ScreenSettings['board'] | null }) {
  const { language } = useLanguage();
  const text = settings?.runningText ?? null;
  return text === null ? null : (
    <p className="running">
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
    <p className="seal">
      {words.seal(dayInDigits(day))} <code>{root}</code>
    </p>
  );
}
