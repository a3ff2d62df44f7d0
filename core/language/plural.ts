/** The forms of a word that goes with a number: `one` талон, `few` талона, `many` талонов, `other` where they do not differ. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

const rules = new Map<string, Intl.PluralRules>();

/** A number with its word in the right form: `plural('ru', 3, {...})` is «3 талона». */
export function plural(language: string, count: number, forms: Forms): string {
  const known = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, known);
  return `${count} ${forms[known.select(count)] ?? forms.other}`;
}
