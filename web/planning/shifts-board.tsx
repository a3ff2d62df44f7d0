import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { Outlook, Shift } from '../../contract/planning.ts';
import { patternsOf, SHIFT_KINDS } from '../../core/planning/shifts.ts';
import { call } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { timeOf } from './days.ts';
import { messages } from './messages/index.ts';

/** A shift on the board, with a key that it keeps while it is moved. */
export interface Placed extends Shift {
  readonly key: string;
}

interface BoardProps {
  readonly outlook: Outlook;
  readonly shifts: readonly Placed[];
  readonly change: (shifts: readonly Placed[]) => void;
}

/** The shifts of a day, one bar each: moved with the mouse or the arrow keys, taken away, added, or found by the solver. */
export function ShiftsBoard({ outlook, shifts, change }: BoardProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [said, setSaid] = useState<string | null>(null);
  const { centreId, halfHours } = outlook;
  const find = () => {
    setSaid(words.suggesting);
    const windows = halfHours.map(({ need }) => need);
    call('POST /api/centres/:centreId/shifts', { params: { centreId }, body: { windows } }).then(
      ({ shifts: found, hours, needHours }) => {
        const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
        change(found.toSorted((a, b) => a.start - b.start || b.hours - a.hours).map(placed));
        setSaid(words.suggested(number.format(hours), number.format(needHours)));
      },
      (error: Error) => setSaid(error.message),
    );
  };
  const replace = (key: string, next: Shift | null) =>
    change(shifts.flatMap((shift) => (shift.key !== key ? shift : next === null ? [] : { ...next, key })));
  return (
    <section aria-labelledby="shifts">
      <h2 id="shifts">{words.shifts(shifts.length)}</h2>
      <p className="quiet">{words.shiftsHelp}</p>
      <div className="row-actions">
        <button type="button" onClick={find}>
          {words.suggest}
        </button>
        {SHIFT_KINDS.filter(({ hours }) => hours * 2 <= halfHours.length).map(({ hours }) => (
          <button
            key={hours}
            type="button"
            onClick={() => change([...shifts, placed(earlyShift(halfHours.length, hours))])}
          >
            {words.add(hours)}
          </button>
        ))}
      </div>
      <p role="status">{said ?? ''}</p>
      <div className="shift-rows">
        {shifts.map((shift) => (
          <ShiftRow key={shift.key} shift={shift} outlook={outlook} change={(next) => replace(shift.key, next)} />
        ))}
      </div>
    </section>
  );
}

interface RowProps {
  readonly shift: Shift;
  readonly outlook: Outlook;
  readonly change: (shift: Shift | null) => void;
}

function ShiftRow({ shift, outlook, change }: RowProps) {
  const words = useMessages(messages);
  const [grabbed, setGrabbed] = useState<{ readonly x: number; readonly start: number } | null>(null);
  const { halfHours } = outlook;
  const count = halfHours.length;
  const last = count - shift.hours * 2;
  const opens = halfHours[0]?.startsMinute ?? 0;
  const name = words.shiftName(
    timeOf(opens + shift.start * 30),
    timeOf(opens + shift.start * 30 + shift.hours * 60),
    shift.hours,
  );
  const moveTo = (start: number) => {
    const within = Math.min(Math.max(start, 0), last);
    if (within !== shift.start) change(moved(shift, within));
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (grabbed === null) return;
    const width = event.currentTarget.parentElement?.clientWidth ?? 1;
    moveTo(grabbed.start + Math.round(((event.clientX - grabbed.x) / width) * count));
  };
  const press = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowLeft' || key === 'ArrowDown') moveTo(shift.start - 1);
    else if (key === 'ArrowRight' || key === 'ArrowUp') moveTo(shift.start + 1);
    else if (key === 'Home') moveTo(0);
    else if (key === 'End') moveTo(last);
    else if (key === 'Delete') change(null);
  };
  return (
    <div className="shift-row">
      <div className="shift-track">
        <svg viewBox={`0 0 ${count} 1`} preserveAspectRatio="none" aria-hidden="true">
          {shift.slots.map((slot) => (
            <rect key={slot} x={slot} y={0} width={1} height={1} />
          ))}
        </svg>
        <div
          className="shift-handle"
          role="slider"
          tabIndex={0}
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={shift.start}
          aria-valuetext={name}
          onKeyDown={press}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            setGrabbed({ x: event.clientX, start: shift.start });
          }}
          onPointerMove={drag}
          onPointerUp={() => setGrabbed(null)}
          onPointerCancel={() => setGrabbed(null)}
        >
          {name}
        </div>
      </div>
      <button type="button" aria-label={`${words.remove}: ${name}`} onClick={() => change(null)}>
        ×
      </button>
    </div>
  );
}

function placed(shift: Shift): Placed {
  return { ...shift, key: crypto.randomUUID() };
}

function moved(shift: Shift, start: number): Shift {
  return { ...shift, start, slots: shift.slots.map((slot) => slot + start - shift.start) };
}

/** A shift of the morning, with its breaks in the middle of where they may lie. */
function earlyShift(halfHours: number, hours: number): Shift {
  const choices = patternsOf(halfHours).filter((pattern) => pattern.hours === hours && pattern.start === 0);
  const { start, slots } = choices[Math.floor(choices.length / 2)] ?? { start: 0, slots: [] };
  return { start, hours, slots: [...slots] };
}
