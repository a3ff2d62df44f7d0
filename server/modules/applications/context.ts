import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import type { Passport } from '../../../contract/catalogue.ts';
import type { MoveName } from '../../../core/applications/life.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Actor } from '../../platform/audit.ts';
import type { Read, Write } from '../../platform/handles.ts';
import type { FileContext } from '../files/index.ts';
import type { Application, Changes } from './queries.ts';

/** What the modules above applications are opened with. */
export interface CaseContext extends FileContext {
  /** A published version of a passport, which never changes. Throws `unknown-service`. */
  passport(tx: Read, serviceId: string, version: number): Promise<Passport>;
  /** What follows from what happens to an application. Modules add themselves when they are opened; each follows in that order. */
  readonly followers: Follower[];
}

/** What something is called. */
export type Words = { readonly ru: string; readonly en: string };

/** A variant of a service as its passport has it. */
export type Variant = Passport['variants'][number];

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

/** An application that has just been begun. */
export interface Begun {
  readonly application: Application;
  readonly variant: Variant;
  /** The day on which it happened, in the centre's zone. */
  readonly day: CivilDate;
}

/** The data next to an application: its papers, charges, messages to the applicant, queries to agencies. */
export type NextTo = Pick<ApplicationFile, 'papers' | 'charges' | 'notices' | 'queries'>;

/** A module above applications: papers, charges, agencies, packages, messages to applicants. What it does is part of the same transaction. */
export interface Follower {
  /** Throws a problem for a move that may not be made yet. */
  mustAllow?(tx: Write, context: CaseContext, application: Application, action: Action): Promise<void>;
  /** The moves that something holds up now. */
  movesHeldUp?(tx: Read, context: CaseContext, application: Application): Promise<ReadonlySet<MoveName>>;
  /** The steps, in words, whose results a blocked application waits for. */
  stepsAwaited?(tx: Read, context: CaseContext, application: Application): Promise<readonly Words[]>;
  /** The fields whose answers are out of date. */
  fieldsOutdated?(tx: Read, context: CaseContext, application: Application): Promise<readonly string[]>;
  /** An application was begun. */
  onBegun?(tx: Write, context: CaseContext, begun: Begun): Promise<void>;
  /** A draft was written. */
  onWritten?(tx: Write, context: CaseContext, application: Application): Promise<void>;
  /** An application has moved. */
  onMoved?(tx: Write, context: CaseContext, moved: Moved): Promise<void>;
  /** A move of a clerk or an officer is kept: what was put on its way can go. */
  onKept?(): void;
  /** What an application shows of this module. */
  shown?(tx: Read, context: CaseContext, applicationId: string): Promise<Partial<NextTo>>;
}
