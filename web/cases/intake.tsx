import { useState } from 'react';
import type { ApplicationFile } from '../../contract/application-shapes.ts';
import type { PackageFile } from '../../contract/packages.ts';
import type { Person } from '../../contract/persons.ts';
import { fullNameOf } from '../../core/persons/names.ts';
import { useMessages } from '../shared/language.tsx';
import { CaseDesk } from './case-desk.tsx';
import { messages } from './messages/index.ts';
import { PackageDesk } from './package-desk.tsx';
import { PersonStep } from './person-step.tsx';
import { WishStep } from './wish-step.tsx';

interface IntakeProps {
  readonly centreId: number;
  /** Begins with somebody else. */
  readonly over: () => void;
}

/** Intake at the window: who, what, and then the application or the package itself. */
export function Intake({ centreId, over }: IntakeProps) {
  const words = useMessages(messages);
  const [person, setPerson] = useState<Person | null>(null);
  const [file, setFile] = useState<ApplicationFile | null>(null);
  const [pack, setPack] = useState<PackageFile | null>(null);
  if (person === null) return <PersonStep centreId={centreId} chosen={setPerson} />;
  return (
    <div className="intake">
      <p className="person">
        <strong>{fullNameOf(person.identity)}</strong>{' '}
        <button type="button" onClick={over}>
          {words.another}
        </button>
      </p>
      {file === null && pack === null && (
        <WishStep centreId={centreId} person={person} begun={setFile} packed={setPack} />
      )}
      {pack !== null && <PackageDesk first={pack} person={person} />}
      {pack === null && file !== null && <CaseDesk file={file} person={person} changed={setFile} />}
    </div>
  );
}
