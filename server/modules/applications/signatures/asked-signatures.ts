import type { ApplicationFile } from '../../../../contract/application-shapes.ts';
import { canonicalJson } from '../../../../core/canonical-json.ts';
import { askedSigners, type Signer, signatureState } from '../../../../core/applications/signers.ts';
import type { Read } from '../../../platform/handles.ts';
import type { CaseContext } from '../context.ts';
import { variantOf } from '../variant.ts';
import { openPart } from '../sealed-part.ts';
import type { Application } from '../queries.ts';
import { signaturesOf } from './queries.ts';

/** A keyed hash of what is signed: the service as it was taken, and every answer. */
export function digestOf({ vault }: Pick<CaseContext, 'vault'>, application: Application): Buffer {
  const { applicationId, serviceId, version, variant } = application;
  const { answers } = openPart(vault, application);
  return vault.mark('signature', canonicalJson({ applicationId, serviceId, version, variant, answers }));
}

/** The people who have to sign an application in its current state. */
export async function signersOf(tx: Read, context: CaseContext, application: Application): Promise<readonly Signer[]> {
  const { variant } = await variantOf(tx, context, application);
  const signers = (variant.signers ?? []) as readonly Signer[];
  return signers.length === 0 ? [] : askedSigners(signers, openPart(context.vault, application).answers);
}

/** The signatures that an application needs, each with its state. */
export async function shownSignatures(
  tx: Read,
  context: CaseContext,
  application: Application,
): Promise<ApplicationFile['signatures']> {
  const signers = await signersOf(tx, context, application);
  if (signers.length === 0) return [];
  const rows = new Map((await signaturesOf(tx, application.applicationId)).map((row) => [row.signer, row]));
  const digest = digestOf(context, application);
  return signers.map(({ code, name }) => {
    const row = rows.get(code) ?? null;
    const signature = row === null ? null : { ...row, isSame: row.signed?.equals(digest) === true };
    const state = signatureState(signature, context.now());
    return { signer: code, name, state, way: row?.way ?? null, at: row?.signedAt ?? null };
  });
}
