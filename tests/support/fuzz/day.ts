import type { CivilDate } from '../../../core/time/civil.ts';

/** The day on which the city of a run works. */
export const FUZZ_DAY = '2026-02-19' as CivilDate;
