import { expect, test } from 'vitest';
import { TASK_KINDS } from './task-kinds.ts';
import { taskInWords } from './task-words.ts';

const DETAILS: Readonly<Record<(typeof TASK_KINDS)[number], object>> = {
  conflict: { answerId: 'd-1', kind: 'decision', positive: false },
  refund: { chargeId: 'a6c1', uin: '0000', amount: 30_000 },
  discrepancy: { manifest: 'A1-mvd-1', papers: [{ barcode: '2000', outcome: 'missing', note: null }] },
  'term-unknown': { fault: 'calendar-missing 2027' },
  'dead-letter': { messageId: 'a6c1', fault: 'connect ECONNREFUSED 10.0.0.1:443' },
  'call-applicant': { storedUntil: '2026-03-01' },
  reconcile: { paymentId: 'a6c1', uin: '0000', amount: 100, verdict: 'over' },
  'query-overdue': { messageId: 'a6c1', evidence: 'lives-here', agencyId: 'mvd', dueOn: '2026-03-01' },
  'query-without-answer': { messageId: 'a6c1', evidence: 'lives-here', agencyId: 'mvd' },
  'term-over': { lastDay: '2026-03-01', responsible: 'busy-1' },
};

test.each(TASK_KINDS)(
  'a task of the kind %s is told in words, in both languages, also when little is known of it',
  (kind) => {
    for (const details of [DETAILS[kind], {}, null]) {
      const ru = taskInWords({ kind, details }, 'ru');
      const en = taskInWords({ kind, details }, 'en');
      for (const text of [ru, en])
        expect(text).not.toMatch(/[{}[\]"_]|undefined|null|a6c1|ECONN|lives-here|calendar-missing/);
      expect(ru).toMatch(/[а-яё₽]/i);
      expect(en).not.toMatch(/[а-яё]/i);
    }
  },
);
