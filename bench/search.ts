import { readFileSync } from 'node:fs';
import { demoGroups } from '../demo/city/groups.ts';
import { groupNamed } from '../demo/passports/groups.ts';
import { STANDARD_PASSPORTS } from '../demo/passports/standard.ts';
import { askedAs, wholeOf } from '../core/catalogue/asked-as.ts';
import { CATALOGUE_WORDS } from '../core/catalogue/asked-as-catalogue.ts';
import { SITUATIONS } from '../core/catalogue/situations.ts';
import { type Searched, searchIn } from '../core/language/search.ts';
import { readCsv } from '../server/platform/csv.ts';
import { type Bench, figure, percentile } from './bench.ts';

export interface Query {
  readonly query: string;
  readonly serviceId: string;
}

interface Service extends Searched {
  readonly serviceId: string;
}

/** The services of the demo city: those with a passport, and those that its centres name themselves. `wordsOf`: how people ask for one. */
export function demoServices(wordsOf: (serviceId: string) => readonly string[] = askedAs): Service[] {
  const described = STANDARD_PASSPORTS.map(({ serviceId, groupId, passport: { plain, official, lifeSituations } }) => {
    const { name } = groupNamed(groupId);
    const situations = Object.entries(SITUATIONS).filter(([code]) => lifeSituations.includes(code));
    return {
      serviceId,
      names: [plain.ru, plain.en, official.ru, official.en],
      about: [name, ...situations.map(([, called]) => called)].flatMap(({ ru, en }) => [ru, en]),
      askedAs: wordsOf(serviceId),
    };
  });
  const known = new Set<string>(described.map(({ serviceId }) => serviceId));
  const others = demoGroups.flatMap(({ name: group, services }) =>
    services
      .filter(({ serviceId }) => !known.has(serviceId))
      .map(({ serviceId, name }) => ({
        serviceId,
        names: [name.ru, name.en],
        about: [group.ru, group.en],
        askedAs: wordsOf(serviceId),
      })),
  );
  return [...described, ...others];
}

/** Questions for services that are described here, with those of finer catalogues under the service that they are a part of. */
export function answerable(queries: readonly Query[]): Query[] {
  const known = new Set<string>(STANDARD_PASSPORTS.map(({ serviceId }) => serviceId));
  return queries
    .map(({ query, serviceId }) => ({ query, serviceId: known.has(serviceId) ? serviceId : wholeOf(serviceId) }))
    .filter(({ serviceId }) => known.has(serviceId));
}

/** The questions that come along. */
export function ownQueries(): Query[] {
  return Object.entries(CATALOGUE_WORDS).flatMap(([serviceId, words]) =>
    words.split(';').map((query) => ({ query: query.trim(), serviceId })),
  );
}

/** The share of questions whose service is among the first so many that are found. */
export function recallAt(most: number, queries: readonly Query[], find: (asked: string) => readonly Service[]): number {
  const right = queries.filter(({ query, serviceId }) =>
    find(query)
      .slice(0, most)
      .some((one) => one.serviceId === serviceId),
  );
  return right.length / queries.length;
}

/** Questions that no service answers: anything found for them is a mistake. */
export const NONSENSE = (
  'фывапролд;йцукен;ячсмить;asdfgh;qwerty;zxcvbn;xyz;абракадабра;лорем ипсум;привет;ghbdtn;рецепт борща;космический корабль;погода завтра;' +
  'собака;кошка;купить айфон;подключить интернет;взять кредит;билет на поезд;доставка пиццы;курс доллара;кино сегодня;сериал;футбол;' +
  'стрижка;маникюр;ремонт холодильника;такси;каршеринг самокат;hello world;lorem ipsum;bitcoin;pizza delivery;weather tomorrow;' +
  'анекдот;гороскоп;скачать музыку;переводчик;калькулятор;карта метро петербурга схема линий;где поесть;магазин обуви мужской;аааааа;1234567;???'
).split(';');

/**
 * The search of services: what it finds of what people ask, how seldom it finds something for nonsense, and how long it takes compared with the
 * search that knows the beginnings of words only. `--queries FILE`: other questions, as CSV with the columns query and service_id.
 */
export const benchSearch: Bench = async ({ quick, queriesFile }) => {
  const services = demoServices();
  const read = queriesFile === undefined ? ownQueries() : readQueries(queriesFile);
  const queries = answerable(read).slice(0, quick ? 100 : Infinity);
  const find = searchIn(services, (one) => one);
  const byBeginnings = (asked: string) => searchByBeginnings(services, asked);
  const took = (search: (asked: string) => unknown) =>
    queries.map(({ query }) => {
      const before = performance.now();
      search(query);
      return performance.now() - before;
    });
  const rounds = Array.from({ length: quick ? 1 : 5 }, () => [took(find), took(byBeginnings)] as const);
  const sum = (each: readonly number[]) => each.reduce((total, one) => total + one, 0);
  const nonsense = NONSENSE.filter((asked) => find(asked).length > 0);
  return [
    figure('questions that are answered here', '', [queries.length]),
    figure('recall: the service is among the first three', 'share', [recallAt(3, queries, find)], { atLeast: 0.95 }),
    figure('recall: the service is the first', 'share', [recallAt(1, queries, find)]),
    figure('recall by beginnings of words, among the first three', 'share', [recallAt(3, queries, byBeginnings)]),
    figure('nonsense for which something is found', 'share', [nonsense.length / NONSENSE.length], { atMost: 0.1 }),
    figure(
      'p99 of one search',
      'ms',
      rounds.map(([own]) => percentile(own, 0.99)),
    ),
    figure(
      'time against the search by beginnings',
      'times',
      rounds.map(([own, other]) => sum(own) / sum(other)),
    ),
  ];
};

function readQueries(path: string): Query[] {
  return readCsv(readFileSync(path, 'utf8')).map(({ fields: { query = '', service_id: serviceId = '' } }) => {
    if (query === '' || serviceId === '') throw new Error('the file needs the columns query and service_id');
    return { query, serviceId };
  });
}

/** What the search was before: each word of a question begins some word of a name, whatever its ending. */
function searchByBeginnings(all: readonly Service[], asked: string): Service[] {
  const words = (text: string) =>
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 0);
  const parts = words(asked).map((word) => word.slice(0, Math.max(Math.min(4, word.length), word.length - 2)));
  if (parts.length === 0) return [];
  return all.filter(({ names, about = [] }) => {
    const own = words([...names, ...about].join(' '));
    return parts.every((part) => own.some((word) => word.startsWith(part)));
  });
}
