import { Type } from 'typebox';
import type { Contract } from './contract.ts';
import { CentreIdField, Instant, UuidField, WindowIdField } from './fields.ts';
import { Nullable } from './queue-shapes.ts';

const params = Type.Object({ centreId: CentreIdField });

/** Scans that the scanners of a centre have made; the agent uploads them (`POST /api/centres/:centreId/arrived-scans`, as it is). */
export const arrivedScanContract = {
  'GET /api/centres/:centreId/arrived-scans': {
    right: 'take-applications',
    summary: 'Scans that have come from the centre’s scanners and belong to no document yet, newest first',
    params,
    query: Type.Object({
      windowId: Type.Optional(WindowIdField),
    }),
    reply: Type.Array(
      Type.Object({
        fileId: UuidField,
        name: Type.String(),
        contentType: Type.String(),
        state: Type.Enum(['waiting', 'clean', 'infected']),
        windowId: Nullable(WindowIdField),
        arrivedAt: Instant,
      }),
    ),
    problems: ['unknown-centre'],
  },
  'DELETE /api/centres/:centreId/arrived-scans/:fileId': {
    right: 'take-applications',
    summary: 'Delete a page that was scanned by mistake',
    params: Type.Object({ centreId: CentreIdField, fileId: UuidField }),
    problems: ['unknown-file'],
  },
} as const satisfies Contract;
