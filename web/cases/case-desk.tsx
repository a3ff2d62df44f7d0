import type { ApplicationFile } from '../../contract/application-shapes.ts';
import type { Person } from '../../contract/persons.ts';
import { isWritable } from '../../core/applications/life.ts';
import { ApplicationView } from '../shared/application/application-view.tsx';
import { DraftForm } from './draft-form.tsx';
import { Signers } from './signers.tsx';

interface CaseDeskProps {
  readonly file: ApplicationFile;
  /** Who has come; null where the application was opened from a list. */
  readonly person: Person | null;
  readonly changed: (file: ApplicationFile) => void;
}

/** An application at the window: its form while it is a draft, and everything else of it. */
export function CaseDesk({ file, person, changed }: CaseDeskProps) {
  const isWritten = isWritable(file.state);
  return (
    <div className="case-desk">
      {isWritten && <DraftForm key={file.applicationId} file={file} person={person} saved={changed} />}
      {isWritten && <Signers file={file} changed={changed} />}
      <ApplicationView file={file} changed={changed} />
    </div>
  );
}
