import type { Brand } from '../brand.ts';
import type { CivilDate } from '../time/civil.ts';

export type CentreId = Brand<number, 'CentreId'>;
/** The number on the window's sign; unique within its centre. */
export type WindowId = Brand<number, 'WindowId'>;
/** The key of a service group within its centre, such as `passports`. */
export type GroupId = Brand<string, 'GroupId'>;
/** The key of a service within its centre, such as `passport-14`; every group has one general service of its own name. */
export type ServiceId = Brand<string, 'ServiceId'>;
/** The letter of a class of visitors, such as `L`: the law's word on who goes first, never the ground for it. */
export type ClassLetter = Brand<string, 'ClassLetter'>;
/** The id of the command that took the ticket (a UUID). */
export type VisitId = Brand<string, 'VisitId'>;
/** An opaque key: never a name. */
export type SpecialistId = Brand<string, 'SpecialistId'>;
/** Made by the client (a UUID); the same id always means the same command. */
export type CommandId = Brand<string, 'CommandId'>;
/** What a visitor is called by: one or two letters and three digits, such as `В142`. */
export type VisitNumber = Brand<string, 'VisitNumber'>;

/** One centre on one business day: the unit of consistency. */
export interface DayKey {
  readonly centreId: CentreId;
  readonly day: CivilDate;
}
