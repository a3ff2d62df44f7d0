import type pg from 'pg';
import type { Places } from './places.ts';

/** What the routes about people need of their surroundings. */
export interface PeopleSetting {
  readonly pool: pg.Pool;
  readonly places: Places;
  /** Somebody's rights or sessions are not what they were: what this node remembers of them is forgotten. */
  changed(): void;
}
