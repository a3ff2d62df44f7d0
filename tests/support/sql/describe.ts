import pg from 'pg';
import { openNullReader } from './plan.ts';

/** One column of an answer, as the database describes it. */
export interface Column {
  readonly name: string;
  /** What node-postgres makes of its values: `number`, `string[]`, `Buffer`, `json`… */
  readonly kind: string;
  readonly type: string;
  /** True when it comes from a column that may be empty or from a part of a join that may be missing, and no condition rules that out. */
  readonly isNullable: boolean;
}

/** What the database says of a statement without carrying it out. */
export interface Description {
  readonly columns: readonly Column[];
  /** The types of the parameters. */
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly type: string;
  readonly isArray: boolean;
}

interface Field {
  readonly name: string;
  readonly tableID: number;
  readonly columnID: number;
  readonly dataTypeID: number;
}

/** The messages of the protocol that node-postgres has and does not declare. */
interface Wire {
  parse(message: { text: string }): void;
  describe(message: { type: 'S' }): void;
  sync(): void;
  once(event: 'parameterDescription', heard: (message: { dataTypeIDs: number[] }) => void): void;
  removeListener(event: 'parameterDescription', heard: (message: { dataTypeIDs: number[] }) => void): void;
}

/** Asks for the description of one statement: it is parsed, and nothing is done. */
class Described implements pg.Submittable {
  fields: readonly Field[] = [];
  parameters: readonly number[] = [];
  #error: Error | null = null;
  readonly #heard = ({ dataTypeIDs }: { dataTypeIDs: number[] }) => void (this.parameters = dataTypeIDs);

  readonly text: string;
  readonly done: (error: Error | null) => void;

  constructor(text: string, done: (error: Error | null) => void) {
    this.text = text;
    this.done = done;
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    wire.once('parameterDescription', this.#heard);
    wire.parse({ text: this.text });
    wire.describe({ type: 'S' });
    wire.sync();
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.fields = fields;
  }

  handleError(error: Error): void {
    this.#error = error;
    this.done(error);
  }

  handleReadyForQuery(connection: pg.Connection): void {
    (connection as unknown as Wire).removeListener('parameterDescription', this.#heard);
    if (this.#error === null) this.done(null);
  }
}

/** A value of each type that is not written like a word. */
const SAMPLES: Readonly<Record<string, string>> = {
  bool: 't',
  bytea: '\\x00',
  date: '2026-02-19',
  interval: '1 day',
  json: '{}',
  jsonb: '{}',
  timestamp: '2026-02-19 10:00:00',
  timestamptz: '2026-02-19 10:00:00+03',
};

interface TypeFact {
  readonly name: string;
  readonly element: string | null;
  readonly shown: string;
  readonly isNumber: boolean;
}

/** What a database says of statements. */
export interface Describer {
  /** Throws the database's refusal. */
  describe(text: string): Promise<Description>;
}

export async function openDescriber(client: pg.Client): Promise<Describer> {
  const types = await typeFacts(client);
  const nullable = await nullableColumns(client);
  const reader = await openNullReader(client);
  return {
    describe: async (text) => {
      const { fields, parameters } = await new Promise<Described>((resolve, reject) => {
        const described = new Described(text, (error) => (error === null ? resolve(described) : reject(error)));
        client.query(described);
      });
      const nulls = fields.length === 0 ? [] : await reader.nullsOf(text);
      return {
        parameters: parameters.map((oid) => ({
          type: types.get(oid)?.shown ?? String(oid),
          isArray: (types.get(oid)?.element ?? null) !== null,
        })),
        columns: fields.map(({ name, tableID, columnID, dataTypeID }, index) => ({
          name,
          kind: kindOf(types, dataTypeID),
          type: types.get(dataTypeID)?.shown ?? String(dataTypeID),
          isNullable: nulls !== null && (nulls[index] ?? nullable.has(`${tableID}.${columnID}`)),
        })),
      };
    },
  };
}

async function typeFacts(client: pg.Client): Promise<ReadonlyMap<number, TypeFact>> {
  const { rows } = await client.query<TypeFact & { oid: number }>(
    `select t.oid, t.typname as name, e.typname as element,
       coalesce(e.typname || '[]', t.typname) as shown, t.typcategory = 'N' or e.typcategory = 'N' as "isNumber"
     from pg_type t left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'`,
  );
  return new Map(rows.map((row) => [row.oid, row]));
}

/** Columns that may be empty, by the numbers of their table and their own. */
async function nullableColumns(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ place: string }>(
    `select a.attrelid::text || '.' || a.attnum as place from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attnotnull`,
  );
  return new Set(rows.map(({ place }) => place));
}

/** What a value of a type is in the program: node-postgres itself is asked, with a value of that type. */
function kindOf(types: ReadonlyMap<number, TypeFact>, oid: number): string {
  const fact = types.get(oid);
  if (fact === undefined) return 'unknown';
  const one = fact.element ?? fact.name;
  const sample = SAMPLES[one] ?? (fact.isNumber ? '1' : 'x');
  const parse = pg.types.getTypeParser(oid) as (text: string) => unknown;
  const value = parse(fact.element === null ? sample : `{"${sample.replaceAll('\\', '\\\\')}"}`);
  if (!Array.isArray(value)) return kindOfValue(value);
  return `${kindOfValue(value[0])}[]`;
}

function kindOfValue(value: unknown): string {
  if (Buffer.isBuffer(value)) return 'Buffer';
  if (value instanceof Date) return 'Date';
  return typeof value === 'object' ? 'json' : typeof value;
}
