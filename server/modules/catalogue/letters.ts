const LETTERS = 'АВГДЕЖИКЛМНПРСТУФХЦШЭЮЯ';

/** A letter of the group's name that is free, else any; it is taken from then on. Throws an Error where none is left. */
export function freeLetter(name: string, taken: Set<string>): string {
  const letter = [...name.toUpperCase(), ...LETTERS].find((one) => LETTERS.includes(one) && !taken.has(one));
  if (letter === undefined)
    throw new Error(`There is no letter left for the group “${name}”: ${LETTERS.length} are all. Join groups first.`);
  taken.add(letter);
  return letter;
}
