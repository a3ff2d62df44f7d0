/** Life events, as passports of services name them, in the order in which people are asked. */
export const SITUATIONS = {
  child: { ru: 'Родился ребёнок', en: 'A child was born' },
  'turned-14': { ru: 'Исполнилось 14 лет', en: 'Turned 14' },
  'new-name': { ru: 'Новая фамилия', en: 'A new surname' },
  moving: { ru: 'Переезд', en: 'Moving home' },
  housing: { ru: 'Квартира и плата за неё', en: 'A home and what it costs' },
  car: { ru: 'Машина', en: 'A car' },
  pension: { ru: 'Пенсия и льготы', en: 'Pension and benefits' },
} as const satisfies Record<string, { readonly ru: string; readonly en: string }>;
