import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import type { Passport } from '../../../contract/catalogue.ts';
import type { Purpose } from '../../../contract/persons.ts';
import type { Asker } from '../../../core/access/asker.ts';
import type { Right } from '../../../core/access/roles.ts';
import type { Answers } from '../../../core/applications/form.ts';
import type { MoveName } from '../../../core/applications/life.ts';
import type { ProductionCalendar } from '../../../core/terms/calendar.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate, TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Actor } from '../../platform/audit.ts';
import type { Db, Read, Write } from '../../platform/handles.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Application, Changes } from './queries.ts';

/** A variant of a service as its passport has it. */
export type Variant = Passport['variants'][number];

/** Where a right has to count. */
export type CasePlace = { readonly centreId: number } | { readonly agencyId: string };

/** Something that is done with an application. */
export interface Action {
  readonly move: MoveName;
  readonly actor: Actor;
  /** A ground of the passport, by its code. */
  readonly ground?: string | null;
  /** What else is worth knowing; it names nobody. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly commandId?: string | null;
  readonly changes?: Partial<Changes>;
}

/** An application that has just moved. */
export interface Moved {
  readonly before: Application;
  readonly after: Application;
  readonly variant: Variant;
  readonly passport: Passport;
  readonly action: Action;
  /** The day on which it happened, in the centre's zone. */
  readonly day: CivilDate;
}

/** What follows from a move, in the same transaction: papers, charges, messages, packages, notices. */
export type Consequence = (tx: Write, room: CaseRoom, moved: Moved) => Promise<void>;

/** Tells the applicant that an application ended and steps of its package were cancelled with it; whom to tell is known from all of them. */
export type TellDependants = (
  tx: Write,
  room: CaseRoom,
  ended: Application,
  others: Iterable<Application>,
) => Promise<void>;

/** What applications need of the house. */
export interface CaseRoom {
  readonly db: Db;
  readonly vault: Vault;
  now(): Instant;
  /** The date at a centre. Throws `unknown-centre`. */
  today(centreId: number): Promise<CivilDate>;
  /** The zone of a centre. Throws `unknown-centre`. */
  zone(centreId: number): Promise<TimeZone>;
  /** The production calendar as it is now. Throws `calendar-missing` for days that it does not reach. */
  calendar(tx: Read): Promise<ProductionCalendar>;
  /** A published version of a passport. */
  passport(tx: Read, serviceId: string, version: number): Promise<Passport>;
  /** The version of a service that is in force on a day; null when there is none. */
  inForce(
    tx: Read,
    serviceId: string,
    day: CivilDate,
  ): Promise<{ readonly version: number; readonly passport: Passport } | null>;
  may(asker: Asker, right: Right, place: CasePlace): Promise<boolean>;
  /**
   * That the asker may begin something for persons: whom they have just written down or opened, else for the purpose, where there is one.
   * Throws `unknown-person`, `purpose-needed` and what opening a record throws.
   */
  mustHaveMet(asker: Asker, personIds: readonly string[], purpose: Purpose | null): Promise<void>;
  /** Throws `unknown-visit` for a visit that is not in the hall of a centre on its day. */
  mustBeVisit(centreId: number, visit: { readonly day: CivilDate; readonly visitId: string }): Promise<void>;
  /** The agency that decides, written down when it is new; null: the centre decides itself. */
  agencyOf(tx: Write, passport: Passport, variant: Variant): Promise<string | null>;
  /** What the passports call an agency; its code where they do not name it. */
  agencyName(tx: Write, agencyId: string): Promise<{ readonly ru: string; readonly en: string }>;
  /** Facts about a person that forms may be filled with. Throws `unknown-person`. */
  facts(tx: Write, personId: string): Promise<Answers>;
  /** True when none of a person's documents is in force on a day; false for a person without documents, and for an unknown person. */
  isIdentityExpired(tx: Write, personId: string, day: CivilDate): Promise<boolean>;
  /** The data around an application: its papers, charges, messages to the applicant, queries to agencies. */
  beside(tx: Read, applicationId: string): Promise<Pick<ApplicationFile, 'papers' | 'charges' | 'notices' | 'queries'>>;
  /** The results in words that a step of a package still waits for. */
  waitsFor(tx: Write, application: Application): Promise<readonly { readonly ru: string; readonly en: string }[]>;
  /** Throws `papers-not-here` for a move that depends on papers which are elsewhere. */
  papersMustAllow(tx: Read, application: Application, move: MoveName): Promise<void>;
  /** The moves of an application that its papers hold up. */
  heldUp(tx: Read, application: Application): Promise<ReadonlySet<MoveName>>;
  /** The fields of a step of a package whose value a result has changed. */
  outdatedFields(tx: Write, room: CaseRoom, application: Application): Promise<readonly string[]>;
  /** Throws `payment-missing` for a move before which something has to be paid. */
  chargesMustAllow(tx: Write, application: Application, action: Action): Promise<void>;
  /** An application was begun: what has to be paid before its registration is charged. */
  begun(tx: Write, application: Application, variant: Variant, day: CivilDate): Promise<void>;
  /** The kind of a centre. Throws `unknown-centre`. */
  kindOf(centreId: number): Promise<Passport['givenAt'][number]>;
  /** A draft was written: what it says may be known elsewhere now. */
  draftWritten(tx: Write, room: CaseRoom, application: Application): Promise<void>;
  readonly consequences: readonly Consequence[];
}

/** Throws `service-elsewhere` where centres of this kind do not give the service. */
export async function mustBeGivenAt(room: CaseRoom, centreId: number, { givenAt }: Passport): Promise<void> {
  if (!givenAt.includes(await room.kindOf(centreId))) refuse('service-elsewhere', { kinds: givenAt });
}

/** The variant under which an application was taken. */
export async function variantOf(
  tx: Read,
  room: Pick<CaseRoom, 'passport'>,
  { serviceId, version, variant: code }: Pick<Application, 'serviceId' | 'version' | 'variant'>,
): Promise<{ readonly passport: Passport; readonly variant: Variant }> {
  const passport = await room.passport(tx, serviceId, version);
  return { passport, variant: passport.variants.find((one) => one.code === code) as Variant };
}
