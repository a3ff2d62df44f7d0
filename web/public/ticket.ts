import type { OwnVisit } from '../../contract/own-visit.ts';
import { minutesOf, onClock } from '../shared/spans.ts';
import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/components.css';
import './public.css';
import { enableComfort } from './comfort.ts';
import { part, place } from './parts.ts';
import { type TicketWords, ticketWords } from './messages/ticket.ts';
import { mayRing, ring } from './ring.ts';
import { localeOf } from '../shared/locale.ts';

type Action = keyof TicketWords['actions'];

const NEAR_MS = 1_000;
const FAR_MS = 4_000;
const NEAR_AHEAD = 4;
const NEAR_BREACH_MS = 14 * 60_000;

const language = document.documentElement.lang === 'en' ? 'en' : 'ru';
const words = ticketWords[language];
const token = location.hash.slice(1);
const main = document.querySelector('main') as HTMLElement;

let visit: OwnVisit | null = null;
let problem: string | null = null;
let lostAt: number | null = null;
/** The day of the ticket is over; a visitor who was not served has a claim on the next. */
let over = false;
let asksLeave = false;
let reasons: readonly { readonly reason: string; readonly calls: number }[] | null = null;
let rating: { readonly mark: number | null } | null = null;
let rings = false;

/** What can be done in each state. */
const ACTIONS: Readonly<Partial<Record<OwnVisit['state'], readonly Action[]>>> = {
  expected: ['check-in', 'leave'],
  waiting: ['hold', 'leave'],
  called: ['leave'],
  held: ['back', 'leave'],
  left: ['undo-leave'],
};

async function ask<Reply>(path: string, more: object = {}): Promise<Reply> {
  const answer = await fetch(`/api/own-visit/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language },
    body: JSON.stringify({ token, ...more }),
  });
  const reply = (await answer.json()) as Reply & { code?: string; detail?: string };
  if (!answer.ok) throw new Refused(reply.code ?? '', reply.detail ?? '');
  return reply;
}

/** The server has answered, and said no. */
class Refused extends Error {
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

async function look(): Promise<void> {
  try {
    show(await ask<OwnVisit>('look'));
  } catch (error) {
    if (error instanceof Refused) {
      problem = error.message;
      over = error.code === 'ticket-over';
    } else lostAt ??= Date.now();
    draw();
  }
  setTimeout(() => void look(), isNear() ? NEAR_MS : FAR_MS);
}

/** Something is about to happen: a call, or the end of the fifteen minutes. */
function isNear(): boolean {
  if (visit === null) return false;
  const { state, ahead, waitMs, promiseBroken } = visit;
  if (state === 'called') return true;
  return state === 'waiting' && (ahead < NEAR_AHEAD || (!promiseBroken && waitMs > NEAR_BREACH_MS));
}

function show(next: OwnVisit): void {
  const called = next.state === 'called' && visit !== null && visit.state !== 'called';
  const finished = next.state === 'finished' && visit?.state !== 'finished';
  visit = next;
  problem = null;
  lostAt = null;
  if (called && rings) ring();
  document.title = next.state === 'called' ? `❗ ${next.number} → ${next.windowId}` : `${next.number} · ${words.title}`;
  if (finished) void readRating();
  draw();
}

async function act(action: Action): Promise<void> {
  asksLeave = false;
  await ask<OwnVisit>(`actions/${action}`, { commandId: crypto.randomUUID() }).then(show, (error: Error) => {
    problem = error.message;
    draw();
  });
}

/** The secret of the new ticket takes the place of the old one's, and the page starts again. */
async function comeBack(): Promise<void> {
  await ask<{ token: string }>('return').then(
    (ticket) => (location.hash = ticket.token),
    (error: Error) => {
      problem = error.message;
      draw();
    },
  );
}

async function readRating(): Promise<void> {
  rating = await ask<{ mark: number | null }>('rating').catch(() => null);
  draw();
}

async function rate(mark: number): Promise<void> {
  rating = await ask<{ mark: number | null }>('rating', { mark }).catch((error: Error) => {
    problem = error.message;
    return rating;
  });
  draw();
}

async function explain(): Promise<void> {
  reasons = await ask<NonNullable<typeof reasons>>('reasons').catch(() => null);
  draw();
}

function draw(): void {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined;
  place(main, visit === null ? withoutVisit() : withVisit(visit));
  if (focused !== undefined) main.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
}

function withoutVisit(): Node[] {
  const text = token === '' ? words.noToken : (problem ?? words.loading);
  const said = part('p', text, { role: problem === null ? 'status' : 'alert', class: 'hint' });
  const again = over ? [button('come-back', words.comeBack, () => void comeBack())] : [];
  return [part('h1', words.title), said, ...again];
}

function withVisit(shown: OwnVisit): Node[] {
  const time = (at: number) =>
    new Intl.DateTimeFormat(localeOf(language), {
      timeZone: shown.timeZone,
      hour: '2-digit',
      minute: '2-digit',
    }).format(at);
  return [
    part('p', shown.centre[language], { class: 'quiet' }),
    part('h1', shown.number, { class: 'number' }),
    lostAt === null
      ? null
      : part('p', words.offline(new Date(lostAt).toTimeString().slice(0, 5)), { class: 'problem', role: 'alert' }),
    problem === null ? null : part('p', problem, { class: 'problem', role: 'alert' }),
    part('section', stateOf(shown, time), { class: `state ${shown.state}`, role: 'status' }),
    voucherOf(shown),
    actionsOf(shown),
    soundOf(shown),
    ratingOf(shown),
    reasonsOf(shown),
  ].filter((node) => node !== null);
}

function stateOf(shown: OwnVisit, time: (at: number) => string): Node[] {
  const { state, windowId, ahead, wait, waitMs, heldUntil } = shown;
  const range = wait === null ? null : minutesOf(wait);
  return [
    part('p', words.states[state] ?? state, { class: 'big' }),
    (state === 'called' || state === 'serving') && windowId !== null
      ? part('p', words.window(windowId), { class: 'window' })
      : null,
    state === 'waiting' ? part('p', words.ahead(ahead)) : null,
    state === 'waiting' && range !== null ? part('p', words.range(range[0], range[1]), { class: 'big' }) : null,
    state === 'waiting' ? part('p', words.waited(onClock(waitMs)), { class: 'quiet' }) : null,
    heldUntil === null ? null : part('p', words.until(time(heldUntil)), { class: 'quiet' }),
  ].filter((node) => node !== null);
}

function voucherOf({ promiseBroken, drink }: OwnVisit): Node | null {
  if (!promiseBroken) return null;
  return part('p', drink === null ? words.voucher : words.voucherHad, { class: 'voucher', role: 'status' });
}

function actionsOf({ state }: OwnVisit): Node | null {
  if (asksLeave) {
    return part(
      'div',
      [
        part('p', words.leaveSure),
        button('leave-yes', words.yes, () => void act('leave')),
        button('leave-no', words.no, () => {
          asksLeave = false;
          draw();
        }),
      ],
      { class: 'actions', role: 'group' },
    );
  }
  const actions = ACTIONS[state] ?? [];
  if (actions.length === 0) return null;
  const press = (action: Action) => () => {
    if (action !== 'leave') return void act(action);
    asksLeave = true;
    return draw();
  };
  return part(
    'div',
    actions.map((action) => button(action, words.actions[action], press(action))),
    { class: 'actions' },
  );
}

function soundOf({ state }: OwnVisit): Node | null {
  if (state !== 'waiting' && state !== 'held' && state !== 'expected') return null;
  if (rings) return part('p', words.soundOn, { class: 'quiet' });
  return button('sound', words.sound, () => {
    void mayRing().then((may) => {
      rings = may;
      draw();
    });
  });
}

function ratingOf({ state }: OwnVisit): Node | null {
  if (state !== 'finished') return null;
  const marks = words.marks.map((text, index) => {
    const one = button(`mark-${index + 1}`, text, () => void rate(index + 1));
    one.setAttribute('aria-pressed', String(rating?.mark === index + 1));
    return one;
  });
  return part('section', [
    part('h2', words.rate),
    part('div', marks, { class: 'actions', role: 'group', 'aria-label': words.rate }),
    part('p', (rating?.mark ?? null) === null ? '' : words.thanks, { role: 'status' }),
  ]);
}

function reasonsOf({ state }: OwnVisit): Node | null {
  if (state !== 'waiting' && state !== 'called') return null;
  if (reasons === null) return button('why', words.why, () => void explain());
  if (reasons.length === 0) return part('p', words.whyNobody, { role: 'status' });
  return part('section', [
    part('h2', words.why),
    part(
      'ul',
      reasons.map(({ reason, calls }) => part('li', `${calls}: ${words.reasons[reason] ?? reason}`)),
    ),
  ]);
}

function button(key: string, text: string, press: () => void): HTMLElement {
  const made = part('button', text, { type: 'button', 'data-key': key });
  made.addEventListener('click', press);
  return made;
}

for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-language]')) link.hash = location.hash;
addEventListener('hashchange', () => location.reload());
enableComfort();
if (token === '') draw();
else void look();
