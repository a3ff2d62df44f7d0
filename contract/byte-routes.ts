import { Type } from 'typebox';
import { CentreIdField, FileNameField, lineField, RowIdField, UuidField, WindowIdField } from './fields.ts';

/** What routes take that carry bytes and no JSON: scans, media, sheets to be printed. */
const language = Type.Optional(Type.Enum(['ru', 'en']));
const Code = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });

export const fileUpload = { querystring: Type.Object({ name: Type.Optional(FileNameField) }) };
export const fileAddress = { params: Type.Object({ fileId: UuidField }) };

/** What an agent says of a scan: the window at which its scanner stands, and its own name for it, so that it comes in once. */
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
    name: Type.Optional(lineField(0, 200, 'What the office calls it; its type where it has no name')),
    seconds: Type.Optional(Type.Integer({ minimum: 3, maximum: 600, description: 'For how long it is shown' })),
  }),
};
export const mediumAddress = { params: Type.Object({ mediumId: RowIdField }) };

export const receiptAddress = {
  params: Type.Object({ applicationId: UuidField }),
  querystring: Type.Object({ lang: language }),
};
export const documentAddress = {
  params: Type.Object({ applicationId: UuidField, code: Code }),
  querystring: Type.Object({ lang: language }),
};
