/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. The database keeps it as `timestamptz`. */
export type Instant = number;

/** A length of time in whole milliseconds. */
export type Milliseconds = number;

export const SECOND: Milliseconds = 1_000;
export const MINUTE: Milliseconds = 60 * SECOND;
export const HOUR: Milliseconds = 60 * MINUTE;
