import type { FastifyInstance } from 'fastify';
import { signatureContract } from '../../../../contract/signatures.ts';
import { serve } from '../../../platform/serve.ts';
import { fileOf } from '../file.ts';
import { inviteToSign, lookAtInvitation, signAtHome, signAtWindow, type SignatureRoom } from './sign.ts';

/** Signatures of others: at the window, and at home with a code. */
export function signatureRoutes(app: FastifyInstance, room: SignatureRoom): void {
  serve(app, signatureContract, {
    'POST /api/applications/:applicationId/signatures': async ({
      params: { applicationId },
      body: { signer, personId },
      asker,
    }) => fileOf(room, asker, await signAtWindow(room, asker, applicationId, { signer, personId })),

    'POST /api/applications/:applicationId/signatures/invitations': async ({
      params: { applicationId },
      body,
      asker,
    }) => fileOf(room, asker, await inviteToSign(room, asker, applicationId, body)),

    'POST /api/co-signature': ({ body, asker }) => lookAtInvitation(room, asker, body),

    'POST /api/co-signature/sign': async ({ body, asker }) => {
      await signAtHome(room, asker, body);
    },
  });
}
