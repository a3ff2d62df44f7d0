import { Type } from 'typebox';
import { DRINKS, OUTCOMES, PAUSE_REASONS } from '../core/queue/events.ts';
import type {
  CentreId,
  ClassLetter,
  CommandId,
  GroupId,
  ServiceId,
  SpecialistId,
  VisitId,
  VisitNumber,
  WindowId,
} from '../core/queue/ids.ts';
import type { CivilDate } from '../core/time/civil.ts';

/** The fields that many routes share. */
export const Instant = Type.Integer({ description: 'A moment: milliseconds since 1970-01-01T00:00:00Z' });
export const Words = Type.Object(
  { ru: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { title: 'Words' },
);
export const Done = Type.Object({ done: Type.Literal(true) });
export const CentreIdField = Type.Unsafe<CentreId>(Type.Integer({ minimum: 1, maximum: 2_147_483_647 }));
export const WindowIdField = Type.Unsafe<WindowId>(
  Type.Integer({ minimum: 1, maximum: 999, description: "The number on the window's sign" }),
);
export const GroupIdField = Type.Unsafe<GroupId>(
  Type.String({ pattern: '^[a-z0-9-]{1,40}$', description: 'A service group of the centre' }),
);
export const ServiceIdField = Type.Unsafe<ServiceId>(
  Type.String({
    pattern: '^[a-z0-9-]{1,60}$',
    description: 'A service of the centre; the id of a group stands for its general service',
  }),
);
export const ClassLetterField = Type.Unsafe<ClassLetter>(
  Type.String({ pattern: '^[A-Z]$', description: 'The class of a visitor by law; O: ordinary' }),
);
export const SpecialistIdField = Type.Unsafe<SpecialistId>(
  Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$', description: 'An opaque key of the specialist, never a name' }),
);
export const VisitIdField = Type.Unsafe<VisitId>(Type.String({ format: 'uuid' }));
export const VisitNumberField = Type.Unsafe<VisitNumber>(
  Type.String({ description: 'What the visitor is called by, such as В142' }),
);
export const DayField = Type.Unsafe<CivilDate>(
  Type.String({ format: 'date', description: "The business day in the centre's zone" }),
);
export const CommandIdField = Type.Unsafe<CommandId>(
  Type.String({
    format: 'uuid',
    description: 'Made by the caller; the same command sent again is carried out once and gives the same answer',
  }),
);
/** What a specialist may choose, and what a window may show. */
export const PauseReasonField = Type.Enum([...PAUSE_REASONS]);
export const ShownPauseReasonField = Type.Enum([...PAUSE_REASONS, 'no-answer']);
export const OutcomeField = Type.Enum([...OUTCOMES]);
export const DrinkField = Type.Enum([...DRINKS]);
export const QuantityField = Type.Integer({ minimum: 1, maximum: 50, description: 'How many pieces of a service' });
export const LanguageField = Type.String({ pattern: '^[a-z]{2}$', description: 'ISO 639-1' });
export const SkillLevelField = Type.Enum([1, 2, 3]);
export const PersonsField = Type.Integer({ minimum: 1, maximum: 8, description: 'How many persons come together' });
