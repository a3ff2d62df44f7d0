import type { AbsenceRule } from '../applications/absence.ts';
import type { Condition, FormField } from '../applications/form.ts';
import { type DocumentTemplate, templateFaults } from '../applications/template.ts';

interface Named {
  readonly when?: Condition;
}

/** What of a variant has to hang together. */
export interface VariantToCheck {
  readonly code: string;
  readonly form?: readonly FormField[];
  readonly evidence: readonly (Named & { readonly kind: string })[];
  readonly signers?: readonly (Named & { readonly code: string })[];
  readonly absence?: AbsenceRule;
  readonly templates?: readonly DocumentTemplate[];
}

/** A mistake in a passport: where, and what is named there although it is not in the form. */
export interface PassportFault {
  readonly path: string;
  readonly named: string;
}

/** Entries in the variants of a passport that name something that does not exist, or are listed twice. */
export function passportFaults(variants: readonly VariantToCheck[]): PassportFault[] {
  return [
    ...twice(
      'variants',
      variants.map(({ code }) => code),
    ),
    ...variants.flatMap(variantFaults),
  ];
}

function variantFaults(variant: VariantToCheck): PassportFault[] {
  const { code, form = [], evidence, signers = [], absence, templates = [] } = variant;
  const fields = new Set(form.map(({ name }) => name));
  const at = (what: string) => `variants.${code}.${what}`;
  const unknown = (path: string, names: readonly string[]) =>
    names.filter((name) => !fields.has(name)).map((named) => ({ path: at(path), named }));
  const conditions = (path: string, all: readonly Named[]) =>
    unknown(
      path,
      all.flatMap(({ when }) => when?.field ?? []),
    );
  return [
    ...twice(
      at('form'),
      form.map(({ name }) => name),
    ),
    ...twice(
      at('evidence'),
      evidence.map(({ kind }) => kind),
    ),
    ...twice(
      at('signers'),
      signers.map((one) => one.code),
    ),
    ...twice(
      at('templates'),
      templates.map((one) => one.code),
    ),
    ...conditions('form', form),
    ...conditions('evidence', evidence),
    ...conditions('signers', signers),
    ...unknown('absence', absence === undefined ? [] : [absence.left, absence.back]),
    ...templates.flatMap((template) =>
      templateFaults(template, fields).map((named) => ({ path: at(`templates.${template.code}`), named })),
    ),
  ];
}

function twice(path: string, names: readonly string[]): PassportFault[] {
  const seen = new Set<string>();
  return names.flatMap((named) => {
    if (seen.has(named)) return [{ path, named }];
    seen.add(named);
    return [];
  });
}
