import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerable, demoServices, NONSENSE, ownQueries, recallAt } from '../../bench/search.ts';
import { everydayWords } from '../catalogue/asked-as.ts';
import { SPOKEN_WORDS } from '../catalogue/asked-as-spoken.ts';
import { SITUATIONS } from '../catalogue/situations.ts';
import { siteWords } from '../../web/public/messages/site.ts';
import { KnownWords } from './known-words.ts';
import { searchIn } from './search.ts';
import { otherReadings, slipsBetween } from './typing.ts';

const find = searchIn(demoServices(), (one) => one);
const first = (asked: string, most = 3) =>
  find(asked)
    .slice(0, most)
    .map(({ serviceId }) => serviceId);

describe('services are found as people ask for them', () => {
  test.each([
    ['паспорт рф', 'passport'],
    ['пасспорт', 'passport'],
    ['паспотр', 'passport'],
    ['потеряла паспорт', 'passport'],
    ['родился ребенок', 'birth-registration'],
    ['родился ребёнок', 'birth-registration'],
    ['паспортом', 'passport'],
    ['ЗАГРАН', 'foreign-passport'],
    ['gfcgjhn', 'passport'],
    ['cybkc', 'snils'],
    ['ghjgbcrf', 'registration'],
    ['зфыызщке', 'passport'],
    ['pasport', 'passport'],
    ['zagranpasport', 'foreign-passport'],
    ['lost passport', 'passport'],
    ['driver licence', 'driving-licence'],
    ['гос услуги', 'esia'],
    ['мат капитал', 'maternity-capital'],
    ['снилс ребёнку', 'snils'],
    ['прапиcка', 'registration'],
    ['машина', 'vehicle-registration'],
    ['пас', 'passport'],
    ['па\u00adспорт\u200b рф', 'passport'],
  ])('«%s» finds %s', (asked, serviceId) => {
    expect(first(asked)).toContain(serviceId);
  });

  test('what people asked before is found again', () => {
    const queries = answerable(ownQueries());
    expect(queries.length).toBeGreaterThan(300);
    expect(recallAt(3, queries, find)).toBeGreaterThanOrEqual(0.99);
  });

  test('without the very questions most are still found, by names, everyday words (some written after these questions were seen) and slips', () => {
    const withoutThem = searchIn(demoServices(everydayWords), (one) => one);
    expect(recallAt(3, answerable(ownQueries()), withoutThem)).toBeGreaterThanOrEqual(0.97);
    // By names and the words of conversations alone.
    const byWordsOf = (id: string) => (SPOKEN_WORDS[id] ?? '').split('; ').filter((word) => word !== '');
    const spoken = searchIn(demoServices(byWordsOf), (one) => one);
    expect(recallAt(3, answerable(ownQueries()), spoken)).toBeGreaterThanOrEqual(0.85);
  });

  test.each([
    [
      'by ear',
      'росрегистрация; регестрация; удоставерение; свидетильство',
      'рассрегистрация; рэгистрация; удаставерение; свидительство',
    ],
    ['another way in three letters', 'инн', 'иин'],
    ['with a slip that the list itself has', 'паспорт; пасспорт; заграничный паспорт', 'заграничный пасспорт'],
    ['as one word of two', 'капитал; полис', 'маткапитал; медполис'],
    ['a slip in a word of a group', 'квартплата', 'комуналка'],
  ])('%s', (_, known, asked) => {
    const all = known.split('; ');
    const findIn = searchIn(all, (one) => ({ names: [one] }));
    const most = Math.min(3, all.length);
    asked.split('; ').forEach((one, index) => {
      const wanted = all.at(all.length === asked.split('; ').length ? index : -1) as string;
      expect(findIn(one).slice(0, most), one).toContain(wanted);
    });
  });

  test('with one letter wrong, missing, doubled or changed with its neighbour most are still found', () => {
    const long = answerable(ownQueries()).filter(({ query }) => query.length >= 8);
    const slips = long.flatMap(({ query, serviceId }, index) => {
      const at = 2 + (index % (query.length - 4));
      const [head, letter, next, tail] = [
        query.slice(0, at),
        query.charAt(at),
        query.charAt(at + 1),
        query.slice(at + 2),
      ];
      return [
        head + next + tail,
        head + letter + letter + next + tail,
        head + next + letter + tail,
        `${head}о${next}${tail}`,
      ].map((slipped) => ({ query: slipped, serviceId }));
    });
    expect(recallAt(3, slips, find)).toBeGreaterThanOrEqual(0.9);
  });

  test('on the wrong keyboard as well as on the right one', () => {
    const typed = answerable(ownQueries()).flatMap(({ query, serviceId }) =>
      /^[а-я ]{6,}$/.test(query) ? [{ query: otherReadings(query)[0] as string, serviceId }] : [],
    );
    expect(typed.length).toBeGreaterThan(200);
    expect(recallAt(3, typed, find)).toBeGreaterThanOrEqual(0.95);
  });

  test('nonsense finds nothing, but for a few', () => {
    const found = NONSENSE.filter((asked) => find(asked).length > 0);
    expect(found.length / NONSENSE.length, found.join(', ')).toBeLessThanOrEqual(0.1);
    for (const nothing of ['', '  ', '(', '***', 'и', 'the', '\u200b']) expect(find(nothing)).toEqual([]);
    const letters = fc.string({
      unit: fc.constantFrom(...'йцукеншщзхъфывапролджэячсмитьбю'),
      minLength: 9,
      maxLength: 14,
    });
    const random = fc.sample(letters, { numRuns: 300, seed: 17 });
    expect(random.filter((asked) => find(asked).length > 0).length).toBeLessThanOrEqual(15);
  });

  test('whatever is typed, an answer comes, and no service twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (asked) => {
        const ids = find(asked).map(({ serviceId }) => serviceId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe('a question costs little, whatever it says', () => {
  /** Of about fifteen hundred words, for each of eight, in as many as three readings. */
  const COMPARED_MAX = 2_000;
  const known = new KnownWords();
  const counted = searchIn(demoServices(), (one) => one, known);
  const costOf = (asked: string) => {
    known.compared = 0;
    counted(asked);
    return known.compared;
  };
  const words = demoServices().flatMap(({ names }) =>
    names
      .join(' ')
      .toLowerCase()
      .split(/[^a-zа-яё]+/u),
  );
  const long = words.filter((word) => word.length >= 8);

  test('few words are compared letter by letter: the letters that they have tell most of them apart', () => {
    const slipped = fc.tuple(fc.constantFrom(...long), fc.constantFrom(...'оеатнирс')).map(([word, letter]) => {
      const middle = word.length >> 1;
      return word.slice(0, middle) + letter + word.slice(middle + 1);
    });
    const random = fc.string({ unit: fc.constantFrom(...'оеатнирслвкп'), minLength: 5, maxLength: 11 });
    const latin = fc.string({ unit: fc.constantFrom(...'etaoinshrdlu'), minLength: 5, maxLength: 11 });
    const question = fc.array(fc.oneof(slipped, random, latin), { minLength: 8, maxLength: 40 });
    fc.assert(
      fc.property(question, (typed) => costOf(typed.join(' ')) <= COMPARED_MAX),
      { numRuns: 300, seed: 17 },
    );
  });

  test('more than eight words, or a hundred characters, find what the first do', () => {
    const question = 'паспорт ребенку москва прописка снилс полис субсидия жилье';
    expect(question.split(' ')).toHaveLength(8);
    const tail = ' коммунальные выплаты заграничный инвалидность'.repeat(20);
    expect(find(question + tail)).toEqual(find(question));
    expect(find(`паспорт ${'я'.repeat(92)} снилс`)).toEqual(find(`паспорт ${'я'.repeat(92)}`));
  });
});

test('every word of a hint finds what it promises', () => {
  for (const { ru, en } of Object.values(SITUATIONS)) {
    expect(find(ru), ru).not.toEqual([]);
    expect(find(en), en).not.toEqual([]);
  }
  for (const language of ['ru', 'en'] as const) {
    const { searchHint, nothingFound } = siteWords[language];
    const examples = [
      ...(searchHint.split(':')[1] as string).split(','),
      ...[...nothingFound.matchAll(/[«“]([^»”]+)[»”]/g)].map(([, quoted]) => quoted as string),
    ];
    expect(examples.length).toBeGreaterThan(4);
    for (const example of examples) expect(find(example), example).not.toEqual([]);
  }
});

test('slips between words are counted up to a limit', () => {
  const reference = (one: string, other: string): number => {
    if (one === '' || other === '') return one.length + other.length;
    const isSame = one[0] === other[0];
    const ways = [
      reference(one.slice(1), other) + 1,
      reference(one, other.slice(1)) + 1,
      reference(one.slice(1), other.slice(1)) + (isSame ? 0 : 1),
    ];
    if (one[0] === other[1] && one[1] === other[0] && one.length > 1 && other.length > 1)
      ways.push(reference(one.slice(2), other.slice(2)) + 1);
    return Math.min(...ways);
  };
  const word = fc.string({ unit: fc.constantFrom('а', 'б', 'в'), maxLength: 6 });
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (one, other, most) => {
      const slips = reference(one, other);
      expect(slipsBetween(one, other, most)).toBe(slips <= most ? slips : most + 1);
    }),
    { numRuns: 200 },
  );
});
