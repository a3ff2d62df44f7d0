import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../time/instant.ts';
import { DOORS_OPEN } from './day.testing.ts';
import { QUIET, Scenario } from './scenario.testing.ts';

describe('who serves whom', () => {
  test('a service goes only to a window with the skill for it', () => {
    const hall = new Scenario(QUIET).open(1, { passports: 1 }).open(2, { passports: 2 }).take('anna', 'passport-14');
    expect(hall.ready(1)).toBeNull();
    expect(hall.ready(2)).toBe('anna');
  });

  test('a specialist sits at one window, and a window has one specialist', () => {
    const hall = new Scenario(QUIET).open(1, { passports: 3 }, 'olga');
    const at = (windowId: number, specialistId: string) => ({
      windowId,
      specialistId,
      skills: [{ groupId: 'passports', level: 3 }] as const,
    });
    expect(hall.refused('open-window', at(2, 'olga'))).toBe('specialist-elsewhere');
    expect(hall.refused('open-window', at(1, 'ivan'))).toBe('window-state');
    hall.do('close-window', { windowId: 1 });
    expect(hall.refused('open-window', at(2, 'olga'))).toBeNull();
  });

  test('a specialist cannot pick: a hall administrator can, and the reason is in the log', () => {
    const hall = new Scenario(QUIET).open(1).take('anna').take('boris');
    hall.do('pick', { windowId: 1, visitId: hall.id('boris'), reason: 'health' });
    expect(hall.called(1)).toBe('boris');
    expect(hall.kinds('visit-called')[0]?.body).toMatchObject({ picked: 'health' });
    expect(hall.refused('pick', { windowId: 1, visitId: hall.id('anna'), reason: 'other' })).toBe('window-state');
    hall.open(3, { property: 3 });
    expect(hall.refused('pick', { windowId: 3, visitId: hall.id('anna'), reason: 'other' })).toBe(
      'window-cannot-serve',
    );
  });
});

describe('a call that nobody at the window answers', () => {
  const rules = { ...QUIET, readyAfterSeconds: 20, answerSeconds: 60 };
  const unattended = () => {
    const hall = new Scenario(rules).open(1).take('anna').at(1);
    hall.ready(1);
    hall.start(1).at(5).take('boris').at(6).finish(1);
    return hall;
  };

  test('is withdrawn, pauses the window, and the visitor keeps place and clock', () => {
    const hall = unattended().at(7);
    hall.wake();
    expect(hall.called(1)).toBe('boris');
    hall.at(9).wake();
    expect(hall.day.windows.get(1)).toMatchObject({ state: 'paused', pauseReason: 'no-answer' });
    expect(hall.kinds('call-withdrawn')).toMatchObject([{ dueAt: DOORS_OPEN + 7 * MINUTE + 20 * SECOND }]);
    expect(hall.visit('boris')).toMatchObject({ state: 'waiting' });
    expect(hall.due('boris')).toBe(20);
    expect(hall.waits('boris')).toEqual([4, 0]);
  });

  test('is kept by a word, a repeated call or the arrival of the visitor', () => {
    for (const [kind, body] of [
      ['ready', { windowId: 1 }],
      ['recall', 'pair'],
      ['start', 'pair'],
    ] as const) {
      const hall = unattended().at(7);
      hall.wake();
      hall.do(kind, (body === 'pair' ? hall.pair(1) : body) as never);
      hall.at(12).wake();
      expect(hall.called(1), kind).toBe('boris');
    }
  });

  test('is not asked of a specialist who has just said that they are ready', () => {
    const hall = new Scenario(rules).open(1).take('anna');
    hall.ready(1);
    hall.at(5).wake();
    expect(hall.called(1)).toBe('anna');
  });
});

describe('a pause and the end of a shift', () => {
  test('come after the visitor', () => {
    const hall = new Scenario(QUIET).open(1).open(2).take('anna').take('boris');
    hall.ready(1);
    hall.start(1);
    hall.do('pause', { windowId: 1, reason: 'break', agreed: false });
    expect(hall.day.windows.get(1)).toMatchObject({ state: 'serving', ending: 'break' });
    hall.at(5).finish(1);
    expect(hall.day.windows.get(1)).toMatchObject({ state: 'paused', pauseReason: 'break' });
    hall.do('ready', { windowId: 1 });
    hall.start(1);
    hall.do('close-window', { windowId: 1 });
    hall.finish(1);
    expect(hall.day.windows.get(1)).toMatchObject({ state: 'closed', specialistId: null });
  });

  test('no service loses its last window to a pause, unless a hall administrator agrees', () => {
    const hall = new Scenario(QUIET).open(1, { passports: 3, property: 1 }).open(2);
    const pause = { windowId: 1, reason: 'break', agreed: false } as const;
    const outcome = hall.try('pause', pause);
    expect(outcome).toMatchObject({ problem: { code: 'last-window', params: { groupIds: ['property'] } } });
    hall.open(3, { property: 3 });
    expect(hall.refused('pause', pause)).toBeNull();
    expect(hall.refused('pause', { windowId: 2, reason: 'break', agreed: false })).toBe('last-window');
    expect(hall.refused('pause', { windowId: 2, reason: 'break', agreed: true })).toBeNull();
  });

  test('a window that stops after its visitor is no window for others to rely on', () => {
    const hall = new Scenario(QUIET).open(1).open(2).take('anna');
    hall.ready(1);
    hall.start(1);
    hall.do('pause', { windowId: 1, reason: 'break', agreed: false });
    expect(hall.day.windows.get(1)).toMatchObject({ state: 'serving', ending: 'break' });
    expect(hall.refused('pause', { windowId: 2, reason: 'break', agreed: false })).toBe('last-window');
  });
});

describe('a stopped hall', () => {
  test('every clock is frozen, nobody loses their place, and nothing is late because of it', () => {
    const hall = new Scenario({ ...QUIET, promise: { waitSeconds: 900, servedSeconds: 60 } });
    hall.open(1).open(2).take('anna').at(1).take('boris').at(2).take('vera');
    expect(hall.ready(1)).toBe('anna');
    hall.start(1);
    expect(hall.ready(2)).toBe('boris');
    hall.at(4).do('stop-hall', { reason: 'alarm' });
    expect(hall.visit('boris').state).toBe('waiting');
    expect(hall.refused('take', TAKE)).toBe('hall-stopped');
    expect(hall.refused('ready', { windowId: 2 })).toBe('hall-stopped');
    hall.at(34).wake();
    expect(hall.kinds('promise-broken')).toEqual([]);
    hall.do('resume-hall', { day: '2026-02-19' });
    expect(hall.due('boris')).toBe(1 + 15 + 30);
    hall.at(40).finish(1);
    expect(hall.visit('anna').steps[0]).toMatchObject({ stoppedMs: 30 * MINUTE });
    expect(hall.ready(2)).toBe('boris');
    expect(hall.waits('boris')).toEqual([9, 0]);
    hall.at(47).wake();
    expect(hall.kinds('promise-broken')).toMatchObject([
      { dueAt: DOORS_OPEN + 47 * MINUTE, body: { visitId: hall.id('vera') } },
    ]);
  });

  test('resumes only while it is stopped', () => {
    const hall = new Scenario(QUIET);
    expect(hall.refused('resume-hall', { day: '2026-02-19' })).toBe('hall-not-stopped');
    hall.do('stop-hall', { reason: 'power' });
    expect(hall.refused('stop-hall', { reason: 'power' })).toBe('hall-stopped');
  });

  test('what began during the stop is put off by the rest of the stop only', () => {
    const hall = new Scenario({ ...QUIET, readyAfterSeconds: 20 }).open(1).take('anna');
    hall.ready(1);
    hall.start(1).at(5);
    hall.do('stop-hall', { reason: 'alarm' });
    hall.at(15).finish(1);
    hall.at(25).do('resume-hall', { day: '2026-02-19' });
    expect(hall.day.windows.get(1)?.readyAt).toBe(DOORS_OPEN + 25 * MINUTE + 20 * SECOND);
  });
});

describe('the home of a day', () => {
  test('moves by an event: the old one writes nothing more, the new one goes on in a new epoch', () => {
    const hall = new Scenario(QUIET).open(1).take('anna').at(5);
    expect(hall.refused('take-home', { home: 'box-17', seized: false })).toBe('home-elsewhere');
    hall.do('move-home', { to: 'box-17' });
    expect(hall.refused('ready', { windowId: 1 })).toBe('home-elsewhere');
    hall.at(20).wake();
    expect(hall.refused('take-home', { home: 'box-18', seized: false })).toBe('home-elsewhere');
    hall.do('take-home', { home: 'box-17', seized: false });
    expect(hall.ready(1)).toBe('anna');
    expect(hall.events.at(-1)).toMatchObject({ epoch: 1 });
    expect(hall.day).toMatchObject({ home: 'box-17', epoch: 1 });
  });

  test('is seized only on purpose, when it is lost', () => {
    const hall = new Scenario(QUIET).take('anna');
    hall.do('take-home', { home: 'city-2', seized: true });
    expect(hall.kinds('home-taken')).toMatchObject([{ epoch: 1, body: { seized: true } }]);
  });
});

describe('the end of the day', () => {
  test('tickets end when the last person would be served after closing and the grace', () => {
    // 16:00 of a day until 18:00, a break from 16:30 to 17:00, ten minutes each: nine more.
    const hall = new Scenario({
      ...QUIET,
      closingGraceMinutes: 0,
      services: [{ serviceId: 'passports', groupId: 'passports', level: 1, minutes: 10, off: false }],
      plannedWindows: [...Array.from({ length: 20 }, () => 0), 1, 0, 1, 1],
    }).at(10 * 60);
    for (let visit = 1; visit <= 9; visit += 1) hall.take(`visit ${visit}`);
    expect(hall.refused('take', TAKE)).toBe('no-time-left');
    expect(hall.refused('take', { ...TAKE, slot: hall.now }), 'an appointment has its time').toBeNull();
  });

  test('without a plan the open windows count; persons and quantity multiply', () => {
    const hall = new Scenario({ ...QUIET, closingGraceMinutes: 0 })
      .open(1)
      .open(2)
      .at(12 * 60 - 30);
    expect(hall.refused('take', { ...TAKE, persons: 6 }), '72 minutes of work for an hour of windows').toBe(
      'no-time-left',
    );
    expect(hall.refused('take', { ...TAKE, persons: 5 })).toBeNull();
  });

  test('the doors may close early, and visitors with a ticket are served', () => {
    const hall = new Scenario(QUIET).open(1).take('anna').at(30);
    hall.do('close-doors', { reason: 'repair' });
    expect(hall.refused('take', TAKE)).toBe('doors-closed');
    expect(hall.ready(1)).toBe('anna');
  });

  test('rules that change during the day hold from then on', () => {
    const hall = new Scenario(QUIET).take('anna', 'property').at(5);
    const { configuration } = hall.day;
    hall.configurations.set('c1', {
      ...configuration,
      walkInLimitMinutes: 30,
      services: configuration.services.map((one) => (one.groupId === 'passports' ? { ...one, off: true } : one)),
      windows: [...configuration.windows, { windowId: 9, groupIds: ['property'] }],
    });
    hall.do('configure', { configuration: 'c1' });
    expect(hall.refused('take', TAKE)).toBe('service-off');
    hall.take('boris', 'benefits').open(9, { property: 3 });
    expect([hall.due('anna'), hall.due('boris')]).toEqual([15, 35]);
    expect(hall.ready(9)).toBe('anna');
  });
});

const TAKE = {
  services: [{ serviceId: 'passports', quantity: 1 }],
  persons: 1,
  classLetter: 'O',
  language: 'ru',
  remote: false,
  slot: null,
};
