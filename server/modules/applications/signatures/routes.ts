import { signatureContract } from '../../../../contract/signatures.ts';
import { serve } from '../../../platform/serve.ts';
import type { CaseContext } from '../context.ts';
import { fileOf } from '../application-file.ts';
import { inviteToSign, lookAtInvitation, signAtHome, signAtWindow } from './sign-application.ts';

/** Signatures of others: at the window, and at home with a code. */
export function signatureRoutes(context: CaseContext): void {
  serve(context.http, signatureContract, {
    'POST /api/applications/:applicationId/signatures': async ({
      params: { applicationId },
      body: { signer, personId },
      asker,
    }) => fileOf(context, asker, await signAtWindow(context, asker, applicationId, { signer, personId })),

    'POST /api/applications/:applicationId/signatures/invitations': async ({
      params: { applicationId },
      body,
      asker,
    }) => fileOf(context, asker, await inviteToSign(context, asker, applicationId, body)),

    'POST /api/co-signature': ({ body, asker }) => lookAtInvitation(context, asker, body),

    'POST /api/co-signature/sign': async ({ body, asker }) => {
      await signAtHome(context, asker, body);
    },
  });
}
