import { refuse } from '../../../core/problems.ts';
import type { Read } from '../../platform/handles.ts';
import { filesById } from './queries.ts';

/**
 * Files that are to become the scan of a person's document. Throws `unknown-file` when one does not exist or belongs to another person,
 * `file-not-clean` when a virus was found in one; one that is still looked at may be kept.
 */
export async function filesToKeep(tx: Read, personId: string, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return;
  const found = await filesById(tx, fileIds);
  if (found.length < new Set(fileIds).size) refuse('unknown-file', {});
  for (const { state, personId: owner } of found) {
    if (owner !== null && owner !== personId) refuse('unknown-file', {});
    if (state === 'infected') refuse('file-not-clean', { state });
  }
}
