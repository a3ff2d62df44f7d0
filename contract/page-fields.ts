import { Type } from 'typebox';

const TEXT_MAX = 4_000;

/**
 * What addresses and forms of pages say. A page takes what others add to its address, and reads what does not fit as not said: people come to it
 * by links that were copied, shortened and kept.
 */
export const said = (description: string) => Type.Optional(Type.String({ maxLength: TEXT_MAX, description }));

/** A part of the address that the page reads itself: one that names nothing is told in words. */
export const named = (description: string) => Type.String({ maxLength: 200, description });

const look = {
  lang: said('`ru` or `en`: the language of the page, kept in a cookie; else what the browser prefers'),
  size: said('`large` or `usual`: large print, kept in a cookie'),
};

/** The query of a page of the site. */
export const pageQuery = <Fields extends Record<string, ReturnType<typeof said>>>(fields: Fields) =>
  Type.Object({ ...look, ...fields });

/** The fields of a form, as a browser sends them. */
export const formOf = <Fields extends Record<string, ReturnType<typeof said>>>(fields: Fields) => Type.Object(fields);

export const FORM = ['application/x-www-form-urlencoded'] as const;
