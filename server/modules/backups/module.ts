import type { BackupPlan } from '../../platform/backup/schedule.ts';
import type { Context } from '../../platform/context.ts';
import { HOUR_MS } from '../../platform/jobs.ts';
import { backUpEverythingWhenDue, type Installation } from './back-up-everything.ts';

/** Takes backups by itself where the installation has a plan for them. */
export function openBackups({ addJob }: Context, node: Installation & { readonly backups: BackupPlan | null }): void {
  const { backups } = node;
  if (backups === null) return;
  addJob({ name: 'a backup', everyMs: HOUR_MS / 4, run: () => backUpEverythingWhenDue(node, backups) });
}
