import { type Static, Type } from 'typebox';
import { ApplicationFile, ApplicationIdField } from './application-shapes.ts';
import type { Contract } from './contract.ts';
import { DateField, Instant, lineField, Words } from './fields.ts';
import { PersonIdField } from './persons.ts';
import { closedObject } from './queue-shapes.ts';

const params = Type.Object({ applicationId: ApplicationIdField });
const SignerField = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
const DigestField = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'The fingerprint of what was shown' });

/** With these a co-signer proves who they are: the code that was sent to them, and when they were born. */
const proof = { code: lineField(0, 20), birth: DateField };

const CoSignature = Type.Object(
  {
    service: Words,
    variant: Words,
    signer: { ...Words, description: 'The role in which they sign' },
    answers: Type.Array(Type.Object({ label: Words, value: Words })),
    digest: DigestField,
    goodUntil: Instant,
    signed: Type.Boolean(),
  },
  { title: 'CoSignature' },
);

const SIGNING = [
  'unknown-application',
  'unknown-person',
  'purpose-needed',
  'signer-not-asked',
  'signer-twice',
  'move-not-allowed',
  'no-master-key',
] as const;
const AT_HOME = ['unknown-co-signature', 'signature-outdated', 'no-master-key'] as const;

/** Signatures of others under an application. */
export const signatureContract = {
  'POST /api/applications/:applicationId/signatures': {
    right: 'take-applications',
    placed: true,
    summary: 'Sign at the window as another person, whose document was checked; a repeated call changes nothing',
    params,
    body: closedObject({ signer: SignerField, personId: PersonIdField, documentSeen: Type.Literal(true) }),
    reply: ApplicationFile,
    problems: [...SIGNING],
  },
  'POST /api/applications/:applicationId/signatures/invitations': {
    right: 'take-applications',
    placed: true,
    summary: 'Send a co-signer a code to sign with at home within three days; older codes stop working',
    params,
    body: closedObject({
      signer: SignerField,
      personId: PersonIdField,
      contact: lineField(0, 254),
      language: Type.Enum(['ru', 'en']),
    }),
    reply: ApplicationFile,
    problems: [...SIGNING, 'contact-malformed', 'contact-extension', 'code-too-often', 'codes-too-many'],
  },
  'POST /api/co-signature': {
    right: 'look',
    summary: 'The application that a co-signer is asked to sign at home',
    body: closedObject(proof),
    reply: CoSignature,
    problems: [...AT_HOME],
  },
  'POST /api/co-signature/sign': {
    right: 'look',
    summary: 'Sign at home what was shown; refused when it has changed since',
    body: closedObject({ ...proof, digest: DigestField }),
    problems: [...AT_HOME],
  },
} as const satisfies Contract;

export type CoSignature = Static<typeof CoSignature>;
