import type { OidcSetting } from './modules/people/index.ts';
import type { Speech } from './modules/screens/index.ts';
import type { FileStore, Scanner } from './modules/files/index.ts';
import type { BackupPlan } from './platform/backup/schedule.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/database.ts';
import type { Installation } from './platform/installation.ts';
import type { Log } from './platform/log.ts';
import type { OidcServer } from './platform/oidc.ts';
import type { Door } from './platform/door.ts';
import type { MailSetting, SmsSetting } from './modules/notices/index.ts';
import type { Outward } from './platform/public-http.ts';

/** How many days the names and contacts of visitors are kept; and, after an application is over, its scans and its contents. */
export interface KeptDays {
  readonly personsDays: number;
  readonly scansDays: number;
  readonly applicationsDays: number;
}

/** What a node is started with: its database and clock, and every setting with its default filled in. */
export interface NodeSettings {
  readonly database: Database;
  readonly clock: Clock;
  readonly installation: Installation;
  /** The folder of the built screens. */
  readonly pages: string;
  readonly version: string;
  /** Where the seals of closed days are published outside the database. */
  readonly published: { readonly file: string | null; readonly witness: string | null };
  /** How the outside reaches this node. */
  readonly door: Door;
  /** Where the other nodes reach this one. */
  readonly nodeHost: string;
  /** True for a node that asks no other: every command is decided here, and the key of the log has the last word. */
  readonly alone: boolean;
  /** True where a request must show a key to do more than look. */
  readonly requireKeys: boolean;
  /** Where `/metrics` is served, and when backups are taken; null: not at all. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  readonly backups: BackupPlan | null;
  /** The city's own server for signing in; null where there is none. */
  readonly oidc: OidcSetting | null;
  /** The city's or the state's server at which visitors sign in; null where there is none. */
  readonly visitorOidc: OidcServer | null;
  readonly speech: Speech;
  /** How people are reached. */
  readonly post: PostWays;
  /** Opens what names people; null: it stays closed. Scans lie in a file store, and a scanner looks at them where there is one. */
  readonly masterKey: Buffer | null;
  readonly fileStore: FileStore;
  readonly scanner: Scanner | null;
  readonly keep: KeptDays;
  readonly log: Log;
}

/** How this installation reaches people. */
export interface PostWays {
  readonly mail: MailSetting | null;
  readonly sms: SmsSetting | null;
  /** Where the city's site is, as messages name it. */
  readonly site: string | null;
  /** Whom people tell of a weakness; nobody when left out. */
  readonly securityContact?: string | null;
  /** How partners are reached; the open net when left out. */
  readonly outward?: Outward;
}

/** An installation that sends nothing. */
export const NO_POST: PostWays = { mail: null, sms: null, site: null };
