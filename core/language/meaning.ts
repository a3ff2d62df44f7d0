import { lettersApart, lettersOf, slipsAllowed, slipsBetween } from './typing.ts';

/** Words that carry no meaning of their own in a question. */
const EMPTY = new Set(
  (
    'а без бы в вам ваш во вот все вы где да для до его ее если есть еще же за и из или их к как какие какой когда кто ли мне мной мои ' +
    'мой моя мы на над нам нас наш не него ней нет ни но ну о об они оно от по под при про с со свой свои свою себе так там то тоже у уже ' +
    'хочу хотим хотел хотела что чтобы эта эти это я пожалуйста скажите подскажите ' +
    'a an and are at by do for from get have how i in is it my of on or the to up was what where who with need want please can'
  ).split(' '),
);

/** Words that say that something is wanted, and little of what: by their beginnings. */
const WEAK =
  /^(получ|оформ|сдела|зделат|подат|подач|взя|нужн|надо|можн|узна|помо[гщ]|документ|справк|услуг|заявлени|куда|сколько|делать|поехать|нов|мфц|мои|центр|город|москв|росси|рф$)/;

export function isEmptyWord(word: string): boolean {
  return EMPTY.has(word);
}

/** The weight of a word relative to others, 0 to 1. */
export function weightOf(word: string): number {
  return WEAK.test(word) ? 0.35 : 1;
}

/** Words that stand for each other in such questions, by the beginnings of their stems. */
const ALIKE: readonly (readonly string[])[] = [
  ['потер', 'утер', 'утрат', 'украл', 'украд', 'пропал', 'lost', 'stolen'],
  ['восстанов', 'дубликат', 'повторн', 'верну', 'заново'],
  ['замен', 'поменя', 'смен', 'измен', 'обмен', 'меня', 'replac', 'chang'],
  ['ребенк', 'дет', 'доч', 'сын', 'малыш', 'младен', 'новорожд', 'грудн', 'child', 'baby', 'newborn', 'kid'],
  ['роди', 'рожд', 'роддом', 'birth', 'born'],
  ['машин', 'авто', 'автомобил', 'тачк', 'car', 'vehicl'],
  ['квартир', 'жиль', 'жил', 'комнат', 'недвижим', 'дом', 'flat', 'apartment', 'hous', 'home'],
  ['коммунал', 'жкх', 'жку', 'квартплат', 'utilit'],
  ['прописк', 'пропис', 'регистрац', 'зарегистр', 'registrat', 'register'],
  ['умер', 'смерт', 'покойн', 'скончал', 'death', 'dead', 'died'],
  ['похорон', 'погребен', 'funeral', 'burial'],
  ['деньг', 'выплат', 'пособ', 'денежн', 'benefit', 'payment', 'money'],
  ['пенсионер', 'пенс', 'пожил', 'бабушк', 'дедушк', 'pension'],
  ['инвалид', 'disabl', 'disabil'],
  ['брак', 'свадьб', 'жени', 'замуж', 'marriag', 'wed', 'marr'],
  ['развод', 'развест', 'расторж', 'divorc'],
  ['фамил', 'фио', 'surnam', 'name'],
  ['загранпаспорт', 'загран', 'заграничн', 'заграниц'],
  ['прав', 'водительск', 'licenc', 'licens', 'driv'],
  ['иностран', 'мигрант', 'миграц', 'foreign', 'migrant'],
  ['наследств', 'унаследова', 'наследник', 'завещан', 'inherit'],
  ['предпринимател', 'ип', 'бизнес', 'entrepreneur', 'busines'],
];

/** The group of words that a stem stands for others of; null: none. */
export function groupOf(stem: string): number | null {
  let found: number | null = null;
  let length = 0;
  ALIKE.forEach((group, index) => {
    for (const beginning of group) {
      const fits = beginning.length < 4 ? stem === beginning : stem.startsWith(beginning);
      if (fits && beginning.length > length) [found, length] = [index, beginning.length];
    }
  });
  return found;
}

/** The beginnings that are long enough to be known with a slip in them. */
const LONG = ALIKE.map((group) => group.filter((beginning) => beginning.length >= 5)).map((group) =>
  group.map((beginning) => ({ beginning, letters: lettersOf(beginning) })),
);

/** The group of which a word is meant to be that has a slip in it; null: none. */
export function groupNear(stem: string): number | null {
  const most = Math.min(1, slipsAllowed(stem.length));
  if (most === 0) return null;
  const parts: { readonly part: string; readonly letters: number }[] = [];
  const partOf = (length: number) => {
    const part = stem.slice(0, length);
    return (parts[length] ??= { part, letters: lettersOf(part) });
  };
  const found = LONG.findIndex((group) =>
    group.some(({ beginning, letters }) =>
      [-1, 0, 1].some((more) => {
        const own = partOf(beginning.length + more);
        return lettersApart(own.letters, letters) <= most && slipsBetween(own.part, beginning, most) <= most;
      }),
    ),
  );
  return found === -1 ? null : found;
}
