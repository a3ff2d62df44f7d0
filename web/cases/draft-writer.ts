import { useEffect, useRef } from 'react';
import type { ApplicationFile } from '../../contract/application-shapes.ts';
import { call, CallProblem, type InputOf } from '../shared/client.ts';

export type DraftBody = Omit<
  NonNullable<InputOf<'PUT /api/applications/:applicationId/draft'>['body']>,
  'edition' | 'resultCentreId'
>;

/** Nothing was typed for so long. */
const QUIET_MS = 1_000;
const HALF_A_CONTACT = new Set(['contact-malformed', 'contact-extension']);
const unsaved = new Set<string>();

/** True while something of an application was typed here that the server does not have yet. */
export function isUnsaved(applicationId: string): boolean {
  return unsaved.has(applicationId);
}

/**
 * Writes a draft: when the caller says so, and by itself when nothing was typed for a moment, so that a page that is loaded again has lost
 * nothing. One write at a time, each over the edition of the one before.
 */
export function useDraftWriter(
  { applicationId, edition }: ApplicationFile,
  body: DraftBody,
  isByItself: boolean,
  saved: (file: ApplicationFile) => void,
): (body: DraftBody) => Promise<void> {
  const text = JSON.stringify(body);
  const turn = useRef<Promise<unknown>>(Promise.resolve());
  const last = useRef({ text, edition });
  const write = (wanted: DraftBody): Promise<void> => {
    const written = turn.current.then(async () => {
      const newest = Math.max(edition, last.current.edition);
      const params = { applicationId };
      const put = { params, body: { edition: newest, ...wanted } };
      const file = await call('PUT /api/applications/:applicationId/draft', put);
      last.current = { text: JSON.stringify(wanted), edition: file.edition };
      unsaved.delete(applicationId);
      saved(file);
    });
    turn.current = written.catch(() => undefined);
    return written;
  };
  const byItself = useRef(() => {});
  useEffect(() => {
    byItself.current = () => {
      if (text === last.current.text) return;
      // What is refused is said when it is sent by hand; of a contact that is half typed the rest is kept meanwhile.
      write(body).catch((error: unknown) => {
        if (!(error instanceof CallProblem) || !HALF_A_CONTACT.has(error.code)) return;
        const { contact: _, ...rest } = body;
        write(rest).catch(() => undefined);
      });
    };
  });
  useEffect(() => {
    if (!isByItself || text === last.current.text) return;
    unsaved.add(applicationId);
    const timer = setTimeout(() => byItself.current(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [applicationId, isByItself, text]);
  useEffect(() => () => void unsaved.delete(applicationId), [applicationId]);
  return write;
}
