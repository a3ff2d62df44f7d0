import { expect, test } from 'vitest';
import { actionInWords, detailsInWords, subjectInWords } from '../web/office/audit-words.ts';
import { actions as actionWords } from '../web/office/messages/actions.ts';
import { particulars } from '../web/office/messages/particulars.ts';
import { sourceFiles } from './support/source-files.ts';

const NOTHING = new Map<string, string>();
const sources = sourceFiles();
/** The server's sources that write into the log of actions. */
const writers = [...sources]
  .filter(([path, text]) => /^server\/(?!.*\.test\.)/.test(path) && /\b(?:audit|logOpening)\(|\bDeed\b/.test(text))
  .map(([, text]) => text);

const literals = (text: string) => [...text.matchAll(/'([a-z-]+)'/g)].map(([, said = '']) => said);

/** Every action that is written: a literal, one of two, one given to a function, and one made of the name of a centre's part. */
const actionsIn = (texts: readonly string[]) =>
  new Set(
    texts.flatMap((text) => [
      // An action with `personIds` is a look, which has a table of its own.
      ...[...text.matchAll(/\baction(?::| =(?!=))([^,;})]*)(?!,\s+personIds)[,;})]/g)].flatMap(([, said = '']) =>
        literals(said),
      ),
      ...[...text.matchAll(/\b(?:log|logOpening|action|inBatches)\((?:\w+, )*('[a-z-]+')/g)].flatMap(([, said = '']) =>
        literals(said),
      ),
    ]),
  );
const actions = new Set([
  ...actionsIn(writers),
  ...literals(/type Part = (.*);/.exec(sources.get('server/modules/network/office/queries.ts') ?? '')?.[1] ?? '').map(
    (part) => `${part}-changed`,
  ),
]);

test('every action that the server writes has words in both languages', () => {
  expect(actions.size).toBeGreaterThan(80);
  for (const language of ['ru', 'en'] as const)
    expect([...actions].filter((action) => !Object.hasOwn(actionWords[language], action))).toEqual([]);
});

/** The actions that have words and that no source of the server writes. */
function unwritten(texts: readonly string[]): string[] {
  const all = texts.join('\n');
  return Object.keys(actionWords.en).filter((action) => !actions.has(action) && !all.includes(`'${action}'`));
}

test('every action that has words is written: a write whose row was taken out is found', () => {
  const server = [...sources].filter(([path]) => /^server\/(?!.*\.test\.)/.test(path)).map(([, text]) => text);
  expect(unwritten(server)).toEqual([]);
  const actionsOf = (texts: readonly string[]) => actionsIn(texts).has('drink-price');
  const without = writers.map((text) => text.replaceAll(/await audit\(tx, asker, \{ action: 'drink-price'.*/g, ''));
  expect([actionsOf(writers), actionsOf(without)]).toEqual([true, false]);
});

test('every particular that is written next to an action has a name', () => {
  const beside = writers.flatMap((text) => [
    ...text.matchAll(/\baction[^{}]*object: [^{}]*(?:\$\{[^}]*\}[^{}]*)?details: \{([^{}]*)\}/g),
  ]);
  const names = beside.flatMap(([, said = '']) => [...said.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name = '']) => name));
  expect(names.length).toBeGreaterThan(25);
  expect([...new Set(names)].filter((name) => !Object.hasOwn(particulars, name))).toEqual([]);
});

test('drinks, ways to search, roles and settings are in words', () => {
  expect(subjectInWords('coffee', 'ru', NOTHING)).toBe('кофе');
  expect(subjectInWords('persons by name-and-birth', 'ru', NOTHING)).toBe('люди по имени и дате рождения');
  const roles = new Map([['role analyst', 'Аналитик']]);
  const role = { rights: ['operate'], includes: ['analyst'], twoPeople: true, secondFactor: false };
  expect(detailsInWords(role, 'ru', roles)).toBe(
    'права: управлять установкой; включает роли: Аналитик; подтверждает второй человек: да; второй фактор: нет',
  );
  expect(detailsInWords({ adapter: 'mock', reason: 'emergency', atHome: true }, 'ru', NOTHING)).toBe(
    'как принимает сообщения: учебное, без сети; причина: авария; на дому: да',
  );
});

test('a word that every table inherits is shown as it is', () => {
  expect(detailsInWords({ constructor: 'constructor' }, 'en', NOTHING)).toBe('constructor: constructor');
  expect(actionInWords('constructor', 'ru')).toBe('constructor');
  expect(subjectInWords('constructor', 'ru', NOTHING)).toBe('constructor');
});
