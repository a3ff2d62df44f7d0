/** A statement of a migration that is carried out by statements. */
export interface MigrationPart {
  readonly sql: string;
  /** How it is carried out: in a transaction of its own; outside any; or again and again until it finds no row. */
  readonly way: 'transaction' | 'outside' | 'batches';
}

/** The first line of a migration whose statements are carried out one by one. */
const BY_STATEMENTS = /^-- by statements\b/;
/** The line before a statement that is repeated until it finds no row: what it changes it must not find again. */
const IN_BATCHES = /^-- in batches\b/m;
/** What PostgreSQL refuses inside a transaction. */
const OUTSIDE =
  /^\s*(create\s+(unique\s+)?index\s+concurrently|drop\s+index\s+concurrently|reindex\b.*\bconcurrently|vacuum)\b/is;

/** The statements of a migration that says so in its first line; null for one that is carried out as a whole. */
export function migrationParts(sql: string): MigrationPart[] | null {
  if (!BY_STATEMENTS.test(sql)) return null;
  return statementsOf(sql.slice(sql.indexOf('\n') + 1)).map((text) => {
    const bare = withoutComments(text).trim();
    const way = OUTSIDE.test(bare) ? 'outside' : IN_BATCHES.test(text) ? 'batches' : 'transaction';
    return { sql: bare, way };
  });
}

/** What is one thing to PostgreSQL: a comment, a text, a quoted name, a body between dollars; or the end of a statement. */
const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|;/g;

/** The statements of a text, each with the comments before it, without the semicolon. */
export function statementsOf(sql: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (const { 0: token, index } of sql.matchAll(TOKEN)) {
    if (token !== ';') continue;
    found.push(sql.slice(from, index));
    from = index + 1;
  }
  return [...found, sql.slice(from)].map((text) => text.trim()).filter((text) => withoutComments(text).trim() !== '');
}

export function withoutComments(sql: string): string {
  return sql.replaceAll(TOKEN, (token) => (token.startsWith('--') || token.startsWith('/*') ? ' ' : token));
}
