import { type TSchema, Type } from 'typebox';
import type { Right } from '../core/access/roles.ts';
import type { ProblemCode } from '../core/problems.ts';
import { CentreIdField, FileNameField, lineField, RowIdField, UuidField, WindowIdField } from './fields.ts';

/** Routes that carry bytes instead of JSON: scans, media, sheets to be printed. */
const language = Type.Optional(Type.Enum(['ru', 'en']));
const Code = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });

export const fileUpload = { querystring: Type.Object({ name: Type.Optional(FileNameField) }) };
export const fileAddress = { params: Type.Object({ fileId: UuidField }) };

/** What the agent says of a scan: the window of the scanner, and the agent's own name for the scan, so that it is taken once. */
export const arrivedScanUpload = {
  params: Type.Object({ centreId: CentreIdField }),
  querystring: Type.Object({
    name: Type.Optional(FileNameField),
    window: Type.Optional(WindowIdField),
    sentAs: UuidField,
  }),
};

export const mediumUpload = {
  params: Type.Object({ centreId: CentreIdField }),
  querystring: Type.Object({
    name: Type.Optional(lineField(0, 200, 'Its name in the office; its type where it has no name')),
    seconds: Type.Optional(Type.Integer({ minimum: 3, maximum: 600, description: 'How long it is shown' })),
  }),
};
export const mediumAddress = { params: Type.Object({ mediumId: RowIdField }) };

const speechAddress = {
  querystring: Type.Object({
    language: Type.Enum(['ru', 'en']),
    number: Type.String({ description: 'The number of the ticket, such as `П001`' }),
    windowId: WindowIdField,
  }),
};

export const receiptAddress = {
  params: Type.Object({ applicationId: UuidField }),
  querystring: Type.Object({ lang: language }),
};
export const documentAddress = {
  params: Type.Object({ applicationId: UuidField, code: Code }),
  querystring: Type.Object({ lang: language }),
};

/** A route that carries bytes, for the description of the API. */
export interface ByteRoute {
  readonly summary: string;
  readonly tag: string;
  readonly right: Right;
  readonly address: { readonly params?: TSchema; readonly querystring?: TSchema };
  /** Types of the body; none: it has no body. */
  readonly takes: readonly string[];
  /** Types of its answer, or the schema of a JSON answer. */
  readonly gives: readonly string[] | TSchema;
  readonly problems: readonly ProblemCode[];
}

const SCANS = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/tiff', 'image/heic'];
const MEDIA = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'video/mp4', 'video/webm', 'text/html'];
const TakenFile = Type.Object({
  fileId: UuidField,
  state: Type.String(),
  contentType: Type.String(),
  bytes: Type.Integer(),
  pages: Type.Union([Type.Integer(), Type.Null()]),
});

/** Every route of the API that carries bytes. */
export const byteRoutes: Readonly<Record<string, ByteRoute>> = {
  'POST /api/files': {
    summary: 'Upload a scan. One that is locked, cut off, too large or holds a program is refused with the reason',
    tag: 'Applications',
    right: 'take-applications',
    address: fileUpload,
    takes: SCANS,
    gives: TakenFile,
    problems: ['key-needed', 'role-not-enough', 'body-too-large'],
  },
  'GET /api/files/:fileId': {
    summary: 'A scan, watermarked with the name of the reader',
    tag: 'Applications',
    right: 'look',
    address: fileAddress,
    takes: [],
    gives: SCANS,
    problems: ['unknown-file'],
  },
  'POST /api/centres/:centreId/arrived-scans': {
    summary: 'Upload a page from a scanner of the centre; a repeated upload is taken once',
    tag: 'Applications',
    right: 'run-agent',
    address: arrivedScanUpload,
    takes: SCANS,
    gives: TakenFile,
    problems: ['key-needed', 'role-not-enough', 'foreign-centre', 'body-too-large'],
  },
  'GET /api/applications/:applicationId/receipt': {
    summary: 'The receipt as a page to print',
    tag: 'Applications',
    right: 'look',
    address: receiptAddress,
    takes: [],
    gives: ['application/pdf'],
    problems: ['unknown-application'],
  },
  'GET /api/applications/:applicationId/documents/:code': {
    summary: 'A document to sign as a page to print',
    tag: 'Applications',
    right: 'look',
    address: documentAddress,
    takes: [],
    gives: ['application/pdf'],
    problems: ['unknown-application'],
  },
  'POST /api/centres/:centreId/media': {
    summary: 'Upload a picture, film or page that boards show between calls',
    tag: 'Screens',
    right: 'run-centre',
    address: mediumUpload,
    takes: MEDIA,
    gives: Type.Object({ mediumId: RowIdField }),
    problems: ['medium-faulty', 'media-full', 'unknown-centre', 'foreign-centre', 'body-too-large'],
  },
  'GET /media/:mediumId': {
    summary: 'A picture, film or page of the boards; parts of a film by Range',
    tag: 'Screens',
    right: 'look',
    address: mediumAddress,
    takes: [],
    gives: MEDIA,
    problems: ['unknown-medium'],
  },
  'GET /api/speech': {
    summary: 'A spoken call; 204 where the server has no voice',
    tag: 'Screens',
    right: 'look',
    address: speechAddress,
    takes: [],
    gives: ['audio/wav'],
    problems: [],
  },
};
