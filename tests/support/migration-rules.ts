import { migrationParts, statementsOf, withoutComments } from '../../server/platform/migration-file.ts';

/** The last migration that was written before these rules. */
const BEFORE = '0037';
/** The last migration that made functions; since then each is in a file of its own in `functions/`. */
const WITH_FUNCTIONS = '0095';
const MAKES_FUNCTION =
  /\bcreate\s+(or\s+replace\s+)?(function|procedure|aggregate|(temp\w*\s+|recursive\s+|materialized\s+)*view)\b/i;

/** Tables that grow with every visitor, booking and application: whatever reads or writes them whole takes minutes in a city. */
const GROWING = [
  'queue_event|visit|visit_step|visit_person|visit_link|alert|rating|print_job|audit_entry|arrival_history',
  'booking|booking_service|booking_claim|booking_person|booking_contact|booking_proof|booking_event|ledger_pool|ledger_fill',
  'notice|notice_address|webhook_delivery|visitor_booking|person|person_mark|stored_file|scan|scan_page',
  'application|application_event|application_stop|application_evidence|application_signature|paper|paper_move|manifest_line',
  'agency_message|agency_answer|charge|payment|home_draft|arrived_scan|package',
].join('|');

interface Danger {
  readonly pattern: RegExp;
  readonly instead: string;
}

const SPLIT = 'begin the file with “-- by statements” and';

/** What holds up a hall, or a node of the version before, whatever the table. */
const ALWAYS: readonly Danger[] = [
  {
    pattern: /\brename\b/i,
    instead: 'the node that still serves knows the old name: add, fill, and drop a release later',
  },
  {
    pattern: /^(vacuum full|cluster|reindex (?!.*concurrently))/i,
    instead: 'locks a table for as long as it is rewritten',
  },
  { pattern: /^lock table/i, instead: 'a step takes its own locks' },
  { pattern: /^truncate\b/i, instead: 'empties what a backup is just reading' },
];

/** What is dangerous on a table that grows. */
const ON_GROWING: readonly Danger[] = [
  {
    pattern: /^create (unique )?index (?!concurrently)/i,
    instead: `${SPLIT} say “create index concurrently if not exists NAME on …”`,
  },
  {
    pattern: /^alter table .*\badd (constraint \w+ )?(check|foreign key)\b(?!.*\bnot valid\b)/i,
    instead: `${SPLIT} add it “not valid”, then “alter table … validate constraint …” in the next statement`,
  },
  {
    pattern: /^alter table .*\badd column\b[^,]*\b(references|check)\b/i,
    instead: `add the column alone, then the constraint “not valid”, then validate it; ${SPLIT} say each by itself`,
  },
  {
    pattern: /^alter table .*\badd (constraint \w+ )?(primary key|unique|exclude)\b(?!.*\busing index\b)/i,
    instead: `${SPLIT} create the unique index concurrently, then “add constraint … using index …”`,
  },
  {
    pattern:
      /^alter table .*\badd column\b.*\b(default [^,]*(random|clock_timestamp|nextval)|generated always as\b(?! identity))/i,
    instead: 'rewrites the whole table: add the column without it and fill it in batches',
  },
  {
    pattern: /^alter table .*\balter (column )?\w+ (set data )?type\b/i,
    instead:
      'may rewrite the whole table: add another column, fill it in batches, and drop the old one a release later',
  },
  {
    pattern: /^alter table .*\bset not null\b/i,
    instead: `reads the whole table: ${SPLIT} add “check (… is not null) not valid”, validate it, and then set it`,
  },
  {
    pattern: /^alter table .*\bdrop column\b|^drop table\b/i,
    instead: 'the node that still serves reads it: drop it a release later, with “-- allowed: …” before the statement',
  },
];

/**
 * What a migration must not do, because halls go on and a node of the version before may still serve. A statement that is known to be
 * harmless says why in a line “-- allowed: …” before it.
 */
export function migrationFaults(text: string, path: string): string[] {
  const number = /(\d{4})_[a-z_]+\.sql$/.exec(path)?.[1] ?? '';
  if (number <= BEFORE) return [];
  const made = new Set([...text.matchAll(/^\s*create table (?:if not exists )?(\w+)/gim)].map((found) => found[1]));
  const bySteps = migrationParts(text) !== null;
  return statementsOf(text).flatMap((statement) => {
    if (/^-- allowed: \S/m.test(statement)) return [];
    const bare = withoutComments(statement).replaceAll(/\s+/g, ' ').trim();
    const table = tableOf(bare);
    const grows = table !== null && new RegExp(`^(${GROWING})$`).test(table) && !made.has(table);
    const dangers = [...ALWAYS, ...(grows ? ON_GROWING : [])].filter(({ pattern }) => pattern.test(bare));
    const says = dangers.map(({ instead }) => `“${bare.slice(0, 60)}”: ${instead}`);
    if (grows && /^(update|delete)\b/i.test(bare) && !(bySteps && /^-- in batches\b/m.test(statement)))
      says.push(
        `“${bare.slice(0, 60)}”: ${SPLIT} put a line “-- in batches” before a statement that takes a thousand rows and does not find them again`,
      );
    if (/\bconcurrently\b/i.test(bare) && !bySteps)
      says.push(`“${bare.slice(0, 60)}”: begin the file with “-- by statements”`);
    if (bySteps && /^insert\b/i.test(bare) && !/\bon conflict\b|\bnot exists\b/i.test(bare))
      says.push(
        `“${bare.slice(0, 60)}”: may be carried out twice when it is interrupted: add “on conflict do nothing”`,
      );
    return says;
  });
}

/** Functions, procedures and views that a numbered migration makes, though `functions/` has the one text of each. */
export function functionFaults(text: string, path: string): string[] {
  const number = /(\d{4})_[a-z_]+\.sql$/.exec(path)?.[1] ?? '';
  if (number <= WITH_FUNCTIONS) return [];
  return statementsOf(text)
    .map((statement) => withoutComments(statement).replaceAll(/\s+/g, ' ').trim())
    .filter((bare) => MAKES_FUNCTION.test(bare))
    .map((bare) => `“${bare.slice(0, 60)}”: put it into server/migrations/functions, with a higher edition`);
}

/** The table that a statement changes. */
function tableOf(statement: string): string | null {
  const found =
    /^(?:alter table|drop table|update|delete from|truncate)(?: table)?(?: if exists)?(?: only)? (\w+)/i.exec(
      statement,
    ) ?? /^create (?:unique )?index\b.*? on (?:only )?(\w+)/i.exec(statement);
  return found?.[1] ?? null;
}
