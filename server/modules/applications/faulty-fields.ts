import type { FieldFault, FormField } from '../../../core/applications/form.ts';

/** A field that has to be answered otherwise, with the words that people know it by. */
export interface FaultyField {
  readonly field: string;
  readonly fault: FieldFault;
  readonly label: FormField['label'];
}

/** What is wrong, field by field, with the labels of the fields. */
export function fieldsAtFault(
  fields: readonly FormField[],
  faults: readonly { readonly field: string; readonly fault: FieldFault }[],
): FaultyField[] {
  const labels = new Map(fields.map(({ name, label }) => [name, label]));
  return faults.map(({ field, fault }) => ({ field, fault, label: labels.get(field) as FormField['label'] }));
}
