import type { NetworkContext } from '../network/index.ts';
import type { OidcSetting } from './staff/oidc.ts';
import type { Attempts } from './staff/attempts/attempts.ts';

/** What the routes about people are opened with. */
export interface PeopleContext extends NetworkContext {
  /** The city's own server for signing in; null where there is none. */
  readonly oidc: OidcSetting | null;
  /** How often a caller may try passwords and codes. */
  readonly attempts: Attempts;
  /** The rights or sessions of an account have changed: this node forgets what it remembers of them. */
  changed(): void;
}
