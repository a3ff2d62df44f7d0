import { Type } from 'typebox';
import type { Contract } from './contract.ts';
import { CentreIdField, lineField, RowIdField, UuidField } from './fields.ts';

/** The largest picture, film or page of a board, in bytes. */
export const MEDIUM_BYTES_MAX = 20 * 1024 * 1024;
export const MEDIA_TYPES = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/svg+xml',
  'video/mp4',
  'video/webm',
  'text/html',
] as const;

/** What boards show and say: bytes, not JSON. */
export const mediaContract = {
  'POST /api/centres/:centreId/media': {
    right: 'run-centre',
    status: 201,
    location: '/media/:mediumId',
    summary: 'Upload a picture, film or page that boards show between calls',
    params: Type.Object({ centreId: CentreIdField }),
    query: Type.Object({
      name: Type.Optional(lineField(0, 200, 'Its name in the office; its type where it has no name')),
      seconds: Type.Optional(
        Type.Integer({ minimum: 3, maximum: 600, description: 'How long it is shown; 10 where nothing is said' }),
      ),
    }),
    takes: MEDIA_TYPES,
    bytesMax: MEDIUM_BYTES_MAX,
    reply: Type.Object({ mediumId: RowIdField }),
    problems: ['medium-faulty', 'media-full', 'unknown-centre', 'foreign-centre', 'body-too-large'],
  },
  'GET /media/:mediumId': {
    right: 'look',
    summary: 'A picture, film or page of the boards; parts of a film by Range',
    params: Type.Object({ mediumId: RowIdField }),
    gives: MEDIA_TYPES,
    problems: ['unknown-medium'],
  },
} as const satisfies Contract;

const said = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }));

export const speechContract = {
  'GET /api/speech': {
    right: 'look',
    summary: 'A spoken call; 204 where the server has no voice, or cannot say it',
    query: Type.Object({
      language: said('`ru` or `en`'),
      number: said('The number of the ticket, such as `П001`'),
      windowId: said("The number on the window's sign, from 1 to 999"),
    }),
    gives: ['audio/wav'],
    problems: [],
  },
} as const satisfies Contract;

const Language = Type.Optional(
  Type.Enum(['ru', 'en'], { description: 'The language of the page; Russian where nothing is said' }),
);

/** What is printed of an application. */
export const printedContract = {
  'GET /api/applications/:applicationId/receipt': {
    right: 'look',
    placed: true,
    summary: 'The receipt as a page to print',
    params: Type.Object({ applicationId: UuidField }),
    query: Type.Object({ lang: Language }),
    gives: ['application/pdf'],
    problems: ['unknown-application'],
  },
  'GET /api/applications/:applicationId/documents/:code': {
    right: 'look',
    placed: true,
    summary: 'A document to sign as a page to print',
    params: Type.Object({
      applicationId: UuidField,
      code: Type.String({ pattern: '^[a-z0-9-]{1,60}$', description: 'The code of the document in the passport' }),
    }),
    query: Type.Object({ lang: Language }),
    gives: ['application/pdf'],
    problems: ['unknown-application'],
  },
} as const satisfies Contract;
