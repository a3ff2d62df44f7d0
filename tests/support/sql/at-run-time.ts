import { appendQuery } from '../../../server/modules/queue/queries.ts';

type Parts = Parameters<typeof appendQuery>[0];

const key = { centreId: 1, day: '2026-02-19' };
const event = { event: { body: {} }, chain: '' };
const row = { number: '', groupId: '', classLetter: '', specialistId: '', serviceId: '' };
const check = { key, baseSeq: 0, baseChain: '', events: [], visits: [], steps: [] };
const move = { ...check, events: [event, event], visits: [row], steps: [row] };
/** Batches with what a statement is made of: something to write, and something only to check. */
const BATCHES = [[check], [{ ...move, visits: [], steps: [] }], [move], [move, check]] as unknown as readonly Parts[];

const TABLES = ['centre', 'centre_hours', 'service_group', 'centre_service', 'planned_windows', 'zone'];

/** The calls whose texts only the running program knows, by their home: why, and samples of the texts. */
export const AT_RUN_TIME: Readonly<Record<string, { readonly because: string; readonly samples: readonly string[] }>> =
  {
    'server/platform/handles.ts handleOn': {
      because: 'it passes on what the callers of a handle ask; each of them is a call of its own',
      samples: [],
    },
    'server/platform/migrate.ts apply': { because: 'a migration; they made the database of this test', samples: [] },
    'server/platform/migrate.ts applyPart': { because: 'a part of a migration', samples: [] },
    'server/platform/schema-functions.ts replaceFunctions': {
      because: 'a function of the schema; they made the database of this test',
      samples: [],
    },
    'server/platform/backup/restore.ts restoreAll': {
      because: 'the function that makes the months; it is in the database of this test',
      samples: [],
    },
    'server/platform/migrate.ts dropHalfAnIndex': {
      because: 'the name comes from a migration',
      samples: ['drop index concurrently visit_waiting'],
    },
    'server/platform/backup/write-backup.ts writeTable': {
      because: 'the tables come from the database',
      samples: ['copy (select centre_id, zone_id from zone) to stdout'],
    },
    'server/platform/backup/restore.ts restoreTable': {
      because: 'the tables come from the archive',
      samples: ['alter table zone disable trigger user', 'copy zone (centre_id, zone_id) from stdin'],
    },
    'server/platform/backup/restore.ts goOnCounting': {
      because: 'the columns come from the database',
      samples: [
        `select setval(pg_get_serial_sequence('audit_entry', 'entry_id'), greatest(coalesce(max(entry_id), 0), 1), max(entry_id) is not null)
       from audit_entry`,
      ],
    },
    'server/modules/network/queries.ts insertRows': {
      because: 'the columns come from the rows',
      samples: TABLES.map(
        (table) => `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      ),
    },
    'server/modules/queue/writer-connection.ts ask': {
      because: 'a batch names only what it has rows of',
      samples: BATCHES.map((parts) => String(appendQuery(parts).text)),
    },
  };

/** The samples alone. */
export const SAMPLES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(AT_RUN_TIME).map(([home, { samples }]) => [home, samples]),
);
