/** Kinds of tasks about applications that a person has to deal with. */
export const TASK_KINDS = [
  'conflict',
  'refund',
  'discrepancy',
  'term-unknown',
  'dead-letter',
  'call-applicant',
  'reconcile',
  'query-overdue',
  'query-without-answer',
  'term-over',
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];
