import { Type } from 'typebox';
import { TASK_KINDS } from '../core/applications/task-kinds.ts';
import { ApplicationIdField } from './application-shapes.ts';
import type { Contract } from './contract.ts';
import { CentreIdField, Instant, UuidField, lineField } from './fields.ts';
import { closedObject, Nullable } from './queue-shapes.ts';

/** Tasks that a person has to deal with. */
export const caseTaskContract = {
  'GET /api/centres/:centreId/case-tasks': {
    right: 'take-applications',
    summary: 'Open tasks of a centre: conflicts, refunds, missing papers, terms that could not be counted',
    params: Type.Object({ centreId: CentreIdField }),
    reply: Type.Array(
      Type.Object({
        taskId: UuidField,
        kind: Type.Enum([...TASK_KINDS]),
        applicationId: Nullable(ApplicationIdField),
        number: Nullable(Type.String()),
        manifestId: Nullable(UuidField),
        details: Type.Unknown(),
        openedAt: Instant,
      }),
    ),
    problems: [],
  },
  'POST /api/case-tasks/:taskId/close': {
    right: 'take-applications',
    placed: true,
    summary: 'Close a task with its outcome',
    params: Type.Object({ taskId: UuidField }),
    body: closedObject({ outcome: lineField(3, 300, 'Names nobody') }),
    problems: ['unknown-task', 'foreign-centre'],
  },
} as const satisfies Contract;
