import type { Course } from '../../../core/queue/course.ts';
import { plural } from '../plural.ts';

const ru = {
  loading: 'Считаем день по событиям…',
  title: (name: string, day: string): string => `${name}, ${day}`,
  totals: ({ arrivals, served, left, noShows, promisesBroken }: Course): string =>
    `Пришли ${arrivals}, приняты ${served}, ушли ${left}, неявок ${noShows}, дольше 15 минут ждали ${promisesBroken}.`,
  crowd: 'Посетители и окна по получасам',
  times: 'Ожидание, путь и приём по получасам',
  visitors: 'человек и окон',
  minutes: 'минуты',
  seconds: 'с',
  arrivals: 'пришли',
  waitingMax: 'ждали одновременно',
  windows: 'окна',
  calls: 'вызовы',
  wait: 'ожидание',
  walk: 'путь до окна',
  service: 'приём',
  mean: 'среднее',
  from: 'с',
  table: 'Таблица по получасам',
};

const en: typeof ru = {
  loading: 'Computing the day from its events…',
  title: (name, day) => `${name}, ${day}`,
  totals: ({ arrivals, served, left, noShows, promisesBroken }) =>
    `${plural('en', arrivals, { one: 'visit', other: 'visits' })}: ${served} served, ${left} left, ${noShows} no-shows, ${promisesBroken} waited over 15 minutes.`,
  crowd: 'Visitors and windows by half hour',
  times: 'Wait, walk and service by half hour',
  visitors: 'persons and windows',
  minutes: 'minutes',
  seconds: 's',
  arrivals: 'came',
  waitingMax: 'waited at once',
  windows: 'windows',
  calls: 'calls',
  wait: 'wait',
  walk: 'walk to the window',
  service: 'service',
  mean: 'mean',
  from: 'from',
  table: 'Table by half hour',
};

export const courseMessages = { ru, en };
