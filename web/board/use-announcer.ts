import { useEffect, useRef, useState } from 'react';
import type { ScreenSettings } from '../../contract/screens.ts';
import type { HallCall } from '../../core/queue/hall.ts';
import type { Announcer, AnnouncerSetting, Said } from './announcer.ts';

/** A call that is older than this when the board learns of it is on the board, and is not said any more. */
const SAID_MS = 60_000;

/** Says every new call of the hall; gives the one that is said now. */
export function useAnnouncer(
  calls: readonly HallCall[] | null,
  now: number | null,
  settings: ScreenSettings['board'] | null,
): Said | null {
  const [said, setSaid] = useState<Said | null>(null);
  const announcer = useRef<Announcer | null>(null);
  const seen = useRef<ReadonlySet<string> | null>(null);
  const clock = useRef(now);
  useEffect(() => {
    clock.current = now;
  }, [now]);

  // Settings are read again now and then: only changed ones start over, and never in the middle of a word.
  const how = settings === null ? null : JSON.stringify({ languages: settings.speech, chime: settings.chime });
  useEffect(() => {
    if (how === null) return undefined;
    let gone = false;
    const setting = { ...(JSON.parse(how) as Pick<AnnouncerSetting, 'languages' | 'chime'>), saying: setSaid };
    // The voice comes after the picture: a board is seen first.
    void import('./announcer.ts').then(({ openAnnouncer }) => {
      if (!gone) announcer.current = openAnnouncer(setting);
    });
    return () => {
      gone = true;
      announcer.current?.close();
      announcer.current = null;
    };
  }, [how]);

  useEffect(() => {
    if (calls === null) return;
    const before = seen.current;
    seen.current = new Set(calls.map(nameOf));
    if (before === null) return;
    const fresh = calls.filter(
      (call) => !before.has(nameOf(call)) && (clock.current === null || call.at > clock.current - SAID_MS),
    );
    for (const call of fresh.toReversed()) announcer.current?.say(call);
  }, [calls]);
  return said;
}

function nameOf({ number, windowId, at }: HallCall): string {
  return `${number}/${windowId}@${at}`;
}
