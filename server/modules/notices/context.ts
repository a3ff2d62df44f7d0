import type { Context } from '../../platform/context.ts';
import type { Ways } from './ways.ts';

/** What the modules that send messages are opened with. */
export interface NoticesContext extends Context {
  /** The ways by which this installation reaches people. */
  readonly ways: Ways;
  /** Sends now what is due, without waiting for the next look. */
  sendNow(): void;
}
