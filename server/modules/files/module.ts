import { HOUR_MS } from '../../platform/jobs.ts';
import { openOutbox } from '../../platform/outbox.ts';
import type { TermContext } from '../terms/index.ts';
import { arrivalRoutes } from './arrivals/routes.ts';
import type { FileContext } from './context.ts';
import type { WorksWithFile } from './give-file.ts';
import { fileRoutes } from './routes.ts';
import { scanWaiting } from './scan-waiting.ts';
import { sweepFiles } from './sweep-files.ts';

/** Opens the gate: files come in through it, and go out only when they were found clean. Requests reach it with `serveFiles`. */
export function openFiles(
  context: TermContext,
  { fileStore, scanner }: Pick<FileContext, 'fileStore' | 'scanner'>,
): FileContext {
  const { log, onClose, addJob } = context;
  const opened = { ...context, fileStore, scanner };
  const waiting = openOutbox(
    () => scanWaiting(opened),
    (error) => log.error('files could not be looked at', error),
  );
  onClose(() => waiting.stop());
  addJob({ name: 'files that nothing needs', everyMs: HOUR_MS, notAtStart: true, run: () => sweepFiles(opened) });
  return opened;
}

/** Every way in and out. `worksWithFile`: for whom a file is opened in addition to the staff at the scanner it came from. */
export function serveFiles<Context extends FileContext>(context: Context, worksWithFile: WorksWithFile<Context>): void {
  fileRoutes(context, worksWithFile);
  arrivalRoutes(context);
}
