/** The place of an alert of mended rules: what was mended and which, such as `letter-taxes`. */
function partsOf(place: string): readonly [what: string, which: string] {
  const dash = place.indexOf('-');
  return [place.slice(0, dash), place.slice(dash + 1)];
}

export function mendedRu(place: string): string {
  const [what, which] = partsOf(place);
  if (what === 'letter')
    return `Буква талонов группы «${which}» уже занята: сегодня у неё другая. Сообщите администратору системы`;
  if (what === 'numbers')
    return `Номера или квота группы «${which}» заданы неверно: действуют обычные. Сообщите администратору системы`;
  if (what === 'service') return `Услуга «${which}» задана неверно. Исправьте группу или минуты в офисе`;
  if (what === 'window') return `Окно ${which} оборудовано для группы, которой нет. Исправьте в офисе`;
  return `Правило зала «${which}» задано неверно: действует обычное. Сообщите администратору системы`;
}

export function mendedEn(place: string): string {
  const [what, which] = partsOf(place);
  if (what === 'letter')
    return `The ticket letter of “${which}” is taken: today it has another. Tell the administrator of the system`;
  if (what === 'numbers')
    return `The numbers or the quota of “${which}” make no sense: the usual ones hold. Tell the administrator of the system`;
  if (what === 'service')
    return `The service “${which}” makes no sense. Correct its group or its minutes in the office`;
  if (what === 'window') return `Window ${which} is equipped for a group that does not exist. Correct it in the office`;
  return `The rule “${which}” of the hall makes no sense: the usual one holds. Tell the administrator of the system`;
}
