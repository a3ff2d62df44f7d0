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
import { NAME_MAX } from '../core/persons/names.ts';
import type { CivilDate } from '../core/time/civil.ts';
import type { DateSpan } from '../core/time/date-span.ts';

/** The ranges of whole numbers in the database: PostgreSQL's `integer` and `smallint`. */
const INT4_MAX = 2_147_483_647;
const INT2_MAX = 32_767;
/** No control character, which could steer a device or a terminal. A tab and line ends are only white space. */
const NO_CONTROL = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f';
/** Characters that turn the direction of writing: with them `gpj.exe` reads as `exe.jpg`. */
const TURNING = '\\u202a-\\u202e\\u2066-\\u2069';

/** The number of a row: of a district, a pilot, a medium. */
export const RowIdField = Type.Integer({ minimum: 1, maximum: INT4_MAX });
/** The number of a row in a large table: an alert, an entry of the log. */
export const LongRowIdField = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const UuidField = Type.String({ format: 'uuid' });
/** The state that was changed, as a number that grows by one with every change. */
export const EditionField = Type.Integer({ minimum: 0, maximum: INT4_MAX });
/** A version of a passport, from 1 on. */
export const PassportVersionField = Type.Integer({ minimum: 1, maximum: INT2_MAX });
export const Instant = Type.Integer({
  title: 'Instant',
  minimum: Date.UTC(2000, 0),
  maximum: Date.UTC(2100, 0),
  description: 'A moment of the years 2000 to 2099: milliseconds since 1970-01-01T00:00:00Z',
});
/** Money that is asked for or paid: up to twenty million roubles. */
export const KopecksField = Type.Integer({ minimum: 0, maximum: 2_000_000_000, description: 'Kopecks' });
export const PaidKopecksField = Type.Integer({ minimum: 1, maximum: 2_000_000_000, description: 'Kopecks' });

/** Text of limited length, without control characters. */
export const lineField = (minLength: number, maxLength: number, description?: string) =>
  Type.String({
    minLength,
    maxLength,
    pattern: minLength === 0 ? `^[^${NO_CONTROL}]*$` : `^[^${NO_CONTROL}]*\\S[^${NO_CONTROL}]*$`,
    ...(description !== undefined && { description }),
  });
/** The name of a person, or a part of one. Its normal form is made in core. */
export const PersonNameField = lineField(
  0,
  NAME_MAX,
  'One part of a name; empty or left out where the person has none',
);
export const PhoneField = lineField(7, 40);
export const EmailField = lineField(3, 254);
/** A telephone number or an e-mail address, as it was typed. */
export const ContactField = Type.String({ minLength: 3, maxLength: 254, pattern: `^[^${NO_CONTROL}]*$` });
export const DocumentNumberField = lineField(1, 40);
/** The name of an uploaded file: no path, nothing that hides its extension. */
export const FileNameField = Type.String({
  maxLength: 255,
  pattern: `^(?!\\.{1,2}$)[^${NO_CONTROL}${TURNING}\\t\\r\\n/\\\\]*$`,
  description: 'Without a path',
});
/** Text in both languages; and a name in both, used in lists and keys. */
export const Words = bothLanguages(4_000, 'Words');
export const NameWords = bothLanguages(300, 'NameWords');

function bothLanguages(maxLength: number, title: string) {
  const text = Type.String({ minLength: 1, maxLength, pattern: '\\S' });
  return Type.Object({ ru: text, en: text }, { title });
}

/** The answer of a write that may leave bookings without room, and how to ask for that number without saving anything. */
export const BookingsWithoutRoom = Type.Object({
  bookings: Type.Integer({ description: 'How many bookings would lose their room' }),
});
export const DryRun = Type.Object(
  {
    dryRun: Type.Optional(
      Type.Literal('true', { description: 'Say what would change, with every refusal, and save nothing' }),
    ),
  },
  { additionalProperties: false },
);
export const CentreIdField = Type.Unsafe<CentreId>(Type.Integer({ title: 'CentreId', minimum: 1, maximum: INT4_MAX }));
export const WindowIdField = Type.Unsafe<WindowId>(
  Type.Integer({ title: 'WindowId', minimum: 1, maximum: 999, description: "The number on the window's sign" }),
);
export const GroupIdField = Type.Unsafe<GroupId>(
  Type.String({ title: 'GroupId', pattern: '^[a-z0-9-]{1,40}$', description: 'A service group of the centre' }),
);
export const ServiceIdField = Type.Unsafe<ServiceId>(
  Type.String({
    title: 'ServiceId',
    pattern: '^[a-z0-9-]{1,60}$',
    description: 'A service of the centre; the id of a group means its general service',
  }),
);
export const ClassLetterField = Type.Unsafe<ClassLetter>(
  Type.String({ title: 'ClassLetter', pattern: '^[A-Z]$', description: 'The class of a visitor by law; O: ordinary' }),
);
export const SpecialistIdField = Type.Unsafe<SpecialistId>(
  Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$', description: 'An opaque key of the specialist, never a name' }),
);
export const VisitIdField = Type.Unsafe<VisitId>(UuidField);
export const VisitNumberField = Type.Unsafe<VisitNumber>(
  Type.String({ title: 'VisitNumber', description: 'The number by which the visitor is called, such as В142' }),
);
export const DayField = Type.Unsafe<CivilDate>(
  Type.String({
    title: 'Day',
    format: 'date',
    pattern: '^20',
    description: "The business day in the centre's zone, of the years 2000 to 2099",
  }),
);
/** A day and a moment that a caller gives, in the span of their meaning (`core/time/date-span.ts`). */
const dayIn = (span: DateSpan, title: string, description: string) =>
  Type.Unsafe<CivilDate>(Type.String({ title, format: 'date', pattern: '^(19|20)', description, 'x-span': span }));
const instantIn = (span: DateSpan, title: string, description: string) =>
  Type.Integer({ title, minimum: Date.UTC(2000, 0), maximum: Date.UTC(2100, 0), description, 'x-span': span });

export const AskedDayField = dayIn('asked', 'AskedDay', 'A day of the last ten years or the next two');
export const PlannedDayField = dayIn('planned', 'PlannedDay', 'A day of the last year or the next two');
export const RuleDateField = dayIn('rule', 'RuleDate', 'A day of the last hundred years or the next ten');
export const BirthField = dayIn('born', 'Birth', 'A date of birth: of the last 130 years');
export const AskedInstant = instantIn('asked', 'AskedInstant', 'A moment of the last ten years or the next two');
export const PlannedInstant = instantIn('planned', 'PlannedInstant', 'A moment of the last year or the next two');
export const HappenedInstant = instantIn('happened', 'HappenedInstant', 'A moment of the last ten years');

/** A time of the wall clock. */
export const CivilTimeField = Type.String({
  title: 'CivilTime',
  pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
  description: "Wall-clock time in the centre's zone, such as 09:30",
});
/** A day in a person's life or on a document. */
export const DateField = Type.Unsafe<CivilDate>(
  Type.String({
    title: 'Date',
    format: 'date',
    pattern: '^(19|20)',
    description: 'A day of the years 1900 to 2099',
    'x-span': 'life',
  }),
);
export const CommandIdField = Type.Unsafe<CommandId>(
  Type.String({
    title: 'CommandId',
    format: 'uuid',
    description: 'Made by the caller; a repeated command is carried out once and gives the same answer',
  }),
);
/** Actions that a specialist may choose and a window may show. */
export const PauseReasonField = Type.Enum([...PAUSE_REASONS]);
export const ShownPauseReasonField = Type.Enum([...PAUSE_REASONS, 'no-answer']);
export const OutcomeField = Type.Enum([...OUTCOMES]);
export const DrinkField = Type.Enum([...DRINKS]);
export const QuantityField = Type.Integer({
  minimum: 1,
  maximum: 50,
  description: 'The number of pieces of a service',
});
export const LanguageField = Type.String({ pattern: '^[a-z]{2}$', description: 'ISO 639-1' });
export const SkillLevelField = Type.Enum([1, 2, 3]);
export const PersonsField = Type.Integer({
  minimum: 1,
  maximum: 8,
  description: 'The number of persons who come together',
});
