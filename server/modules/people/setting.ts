import type { Db } from '../../platform/handles.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Places } from './places.ts';
import type { OidcSetting } from './staff/oidc.ts';

/** What the routes about people need of their surroundings. */
export interface PeopleSetting {
  readonly db: Db;
  readonly places: Places;
  /** Seals the secrets of authenticators. */
  readonly vault: Vault;
  /** The city's own server for signing in; null where there is none. */
  readonly oidc: OidcSetting | null;
  /** The secret from which the marks of attempts are made. */
  readonly attemptKey: Buffer;
  /** The rights or sessions of an account have changed: this node forgets what it remembers of them. */
  changed(): void;
}
