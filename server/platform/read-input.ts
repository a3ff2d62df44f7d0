import type { Static, TSchema } from 'typebox';
import { checkInput } from './check-input.ts';

/** Reads the text of an address or a form as what a schema of the contract says; null where it does not fit, or there is none. */
export function readerOf<Schema extends TSchema>(schema: Schema): (text: string | undefined) => Static<Schema> | null {
  const check = checkInput({
    schema: { type: 'object', required: ['value'], properties: { value: schema } },
    httpPart: 'querystring',
  });
  return (text) => {
    if (text === undefined) return null;
    const checked = check({ value: text });
    return 'value' in checked ? (checked.value as { value: Static<Schema> }).value : null;
  };
}
