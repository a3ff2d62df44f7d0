import type { Words } from '../../server/modules/network/index.ts';

interface Year {
  readonly year: number;
  readonly entries: readonly { readonly text: Words; readonly source: string }[];
}

const entry = (ru: string, en: string, source: string) => ({ text: { ru, en }, source });

/** What became of the network that the demo is modelled on, as it was published then. */
export const DEMO_YEARS: readonly Year[] = [
  {
    year: 2015,
    entries: [
      entry(
        '110 центров в 113 районах, 152 услуги, среднее ожидание 3 минуты',
        '110 centres in 113 districts, 152 services, a mean wait of 3 minutes',
        'https://www.m24.ru/articles/ocheredi/01122015/91216',
      ),
      entry(
        'Около 70 тысяч посетителей в день; кто ждёт дольше 15 минут, пьёт кофе бесплатно',
        'About 70 thousand visitors a day; visitors who wait over 15 minutes have coffee for free',
        'https://www.m24.ru/articles/gosuslugi/07122015/91843',
      ),
    ],
  },
  {
    year: 2016,
    entries: [
      entry(
        '123 центра; дольше 15 минут ждёт один из двух тысяч',
        '123 centres; one in two thousand waits over 15 minutes',
        'https://www.m24.ru/articles/Moi-dokumenty/09082016/112749',
      ),
    ],
  },
  {
    year: 2017,
    entries: [
      entry(
        '127 центров: в каждом районе',
        '127 centres: in every district',
        'https://krukovo-vedomosti.ru/news/moscow/tsentry-gosuslug-moi-dokumenty-deystvuyut-v-kazhdom-rayone-moskvy',
      ),
    ],
  },
  {
    year: 2021,
    entries: [
      entry(
        'Открыт флагман Северного округа: 2500 м², 61 окно',
        'The flagship of the Northern district opened: 2,500 m², 61 windows',
        'https://gazeta-brateevo.ru/2021/04/05/73074',
      ),
    ],
  },
  {
    year: 2022,
    entries: [
      entry(
        '135 центров, больше 7 тысяч окон и 11 тысяч специалистов, 1,6 млн заявителей в месяц',
        '135 centres, over 7 thousand windows and 11 thousand specialists, 1.6 million applicants a month',
        'https://www.rsnmo.ru/index.php?id=7763',
      ),
      entry(
        'Открыт флагман Северо-Западного округа: 2,7 тыс. м², 76 окон',
        'The flagship of the North-Western district opened: 2.7 thousand m², 76 windows',
        'https://tass.ru/obschestvo/13654873',
      ),
    ],
  },
  {
    year: 2025,
    entries: [
      entry(
        '139 центров, среди них 8 окружных флагманов и Дворец госуслуг на ВДНХ',
        '139 centres, 8 flagships of districts and the palace at VDNKh among them',
        'https://tass.ru/obschestvo/24851213',
      ),
    ],
  },
];
