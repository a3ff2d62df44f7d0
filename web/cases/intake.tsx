import { useEffect, useState } from 'react';
import type { ApplicationFile } from '../../contract/application-shapes.ts';
import type { PackageFile } from '../../contract/packages.ts';
import type { Person, Purpose } from '../../contract/persons.ts';
import { fullNameOf } from '../../core/persons/names.ts';
import { call } from '../shared/client.ts';
import { useMessages } from '../shared/language.tsx';
import { type Begun, keepBegun, keptBegun } from './begun.ts';
import { CaseDesk } from './case-desk.tsx';
import { messages } from './messages/index.ts';
import { PackageDesk } from './package-desk.tsx';
import { PersonStep } from './person-step.tsx';
import { purposeFor } from './purpose.ts';
import { WishStep } from './wish-step.tsx';

interface IntakeProps {
  readonly centreId: number;
  /** Begins with another visitor. */
  readonly over: () => void;
}

/** Intake at the window: who, what, and then the application or the package itself. A reload of the page goes on where it was. */
export function Intake({ centreId, over }: IntakeProps) {
  const words = useMessages(messages);
  const { kept, keep, person, setPerson, file, setFile, pack, setPack } = useWork(centreId);
  if (kept !== null && person === null) return <p role="status">{words.comingBack}</p>;
  if (person === null)
    return (
      <PersonStep
        centreId={centreId}
        chosen={(found, purpose) => {
          keep({ personId: found.personId, reason: purpose.kind === 'reason' ? purpose.reason : null });
          setPerson(found);
        }}
      />
    );
  const at = (more: Partial<Begun>) => keep({ personId: person.personId, reason: kept?.reason ?? null, ...more });
  return (
    <div className="intake">
      <p className="person">
        <strong>{fullNameOf(person.identity)}</strong>{' '}
        <button
          type="button"
          onClick={() => {
            keepBegun(centreId, null);
            over();
          }}
        >
          {words.another}
        </button>
      </p>
      {file === null && pack === null && (
        <WishStep
          centreId={centreId}
          person={person}
          begun={(begun) => {
            at({ applicationId: begun.applicationId });
            setFile(begun);
          }}
          packed={(packed) => {
            at({ packageId: packed.packageId });
            setPack(packed);
          }}
        />
      )}
      {pack !== null && <PackageDesk first={pack} person={person} />}
      {pack === null && file !== null && <CaseDesk file={file} person={person} changed={setFile} />}
    </div>
  );
}

/** What this window is at; after a reload of the page what it was at before. */
function useWork(centreId: number) {
  const [kept, setKept] = useState(() => keptBegun(centreId));
  const [person, setPerson] = useState<Person | null>(null);
  const [file, setFile] = useState<ApplicationFile | null>(null);
  const [pack, setPack] = useState<PackageFile | null>(null);
  const keep = (begun: Begun | null) => {
    keepBegun(centreId, begun);
    setKept(begun);
  };
  const isComingBack = kept !== null && person === null;
  useEffect(() => {
    if (!isComingBack) return;
    let gone = false;
    comeBack(centreId, kept).then(
      (found) => {
        if (gone) return;
        setFile(found.file);
        setPack(found.pack);
        setPerson(found.person);
      },
      () => {
        // Another visitor sits here now, or the reason no longer counts: start with the question who has come.
        keepBegun(centreId, null);
        if (!gone) setKept(null);
      },
    );
    return () => {
      gone = true;
    };
  }, [centreId, isComingBack, kept]);
  return { kept, keep, person, setPerson, file, setFile, pack, setPack };
}

/** What was being worked on before the page was loaded again. Rejects when it may not be opened any more. */
async function comeBack(centreId: number, { personId, reason, applicationId, packageId }: Begun) {
  const file =
    applicationId === undefined
      ? null
      : await call('GET /api/applications/:applicationId', { params: { applicationId } });
  const pack = packageId === undefined ? null : await call('GET /api/packages/:packageId', { params: { packageId } });
  const task = file?.applicationId ?? pack?.steps[0]?.applicationId;
  const purpose: Purpose =
    task === undefined ? purposeFor(centreId, reason ?? '') : { kind: 'task', applicationId: task };
  const person = await call('POST /api/persons/:personId/read', { params: { personId }, body: { purpose } });
  return { file, pack, person };
}
