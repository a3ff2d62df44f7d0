import { Type } from 'typebox';
import type { Contract } from './contract.ts';
import { CentreIdField, FileNameField, UuidField, WindowIdField } from './fields.ts';

/** The largest scan, in bytes. */
export const FILE_BYTES_MAX = 20 * 1024 * 1024;
const SCANS = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/tiff', 'image/heic'] as const;
const TakenFile = Type.Object({
  fileId: UuidField,
  state: Type.String({ description: '`waiting` until the scanner for viruses has answered, `clean` or `infected`' }),
  contentType: Type.String({ description: 'The type that was found in the file itself' }),
  bytes: Type.Integer(),
  pages: Type.Union([Type.Integer(), Type.Null()], { description: 'Pages of a PDF; null for a picture' }),
});

/** Scans as they come in and go out: bytes, not JSON. */
export const fileContract = {
  'POST /api/files': {
    right: 'take-applications',
    status: 201,
    location: '/api/files/:fileId',
    placed: true,
    summary: 'Upload a scan. One that is locked, cut off, too large or holds a program is refused with the reason',
    query: Type.Object({ name: Type.Optional(FileNameField) }),
    takes: SCANS,
    bytesMax: FILE_BYTES_MAX,
    reply: TakenFile,
    problems: ['key-needed', 'role-not-enough', 'body-too-large'],
  },
  'POST /api/centres/:centreId/arrived-scans': {
    right: 'run-agent',
    status: 201,
    location: '/api/files/:fileId',
    summary: 'Upload a page from a scanner of the centre; a repeated upload is taken once',
    params: Type.Object({ centreId: CentreIdField }),
    query: Type.Object({
      name: Type.Optional(FileNameField),
      window: Type.Optional(WindowIdField),
      sentAs: UuidField,
    }),
    takes: SCANS,
    bytesMax: FILE_BYTES_MAX,
    reply: TakenFile,
    problems: ['key-needed', 'role-not-enough', 'foreign-centre', 'body-too-large'],
  },
  'GET /api/files/:fileId': {
    right: 'look',
    // A caller who may not see the file is refused by the file itself; agencies open the scans of their applications.
    placed: true,
    summary: 'A scan, watermarked with the name of the reader',
    params: Type.Object({ fileId: UuidField }),
    gives: ['application/pdf', 'image/svg+xml', 'image/tiff'],
    problems: ['unknown-file', 'file-too-heavy'],
  },
} as const satisfies Contract;
