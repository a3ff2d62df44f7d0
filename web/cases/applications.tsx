import { useState } from 'react';
import type { ApplicationFile, ApplicationRow } from '../../contract/application-shapes.ts';
import type { PackageFile } from '../../contract/packages.ts';
import type { Person, Purpose } from '../../contract/persons.ts';
import { APPLICATION_STATES, type ApplicationState, STATE_WORDS } from '../../core/applications/life.ts';
import { fullNameOf } from '../../core/persons/names.ts';
import { ApplicationTable } from '../shared/application/application-table.tsx';
import { call } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useQuery } from '../shared/query.ts';
import { CaseDesk } from './case-desk.tsx';
import { messages } from './messages/index.ts';
import { PackageDesk } from './package-desk.tsx';
import { PersonStep } from './person-step.tsx';
import { Problem } from '../shared/problem.tsx';

const ASK_EVERY_MS = 15_000;

/** The applications of a centre: found by number or barcode, or chosen from the list. */
export function Applications({ centreId }: { readonly centreId: number }) {
  const words = useMessages(messages);
  const [file, setFile] = useState<ApplicationFile | null>(null);
  const [pack, setPack] = useState<PackageFile | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const show = (found: ApplicationFile) => {
    setFile(found);
    setPack(null);
    if (found.packageId !== null)
      void call('GET /api/packages/:packageId', { params: { packageId: found.packageId } }).then(setPack);
  };
  const fail = (error: Error) => setProblem(error.message);
  const find = (text: string) => {
    setProblem(null);
    call('POST /api/applications/find', { body: { text } }).then(show, fail);
  };
  const open = (applicationId: string) => {
    setProblem(null);
    call('GET /api/applications/:applicationId', { params: { applicationId } }).then(show, fail);
  };
  return (
    <div className="applications">
      <form
        className="find-one"
        onSubmit={(event) => {
          event.preventDefault();
          find(String(new FormData(event.currentTarget).get('text')));
        }}
      >
        <label>
          <span>{words.findByNumber}</span> <input name="text" required minLength={3} autoComplete="off" />
        </label>
        <button type="submit">{words.open}</button>
      </form>
      <Problem text={problem} />
      {file === null ? (
        <>
          <WithoutReceipt centreId={centreId} open={open} />
          <List centreId={centreId} open={open} />
        </>
      ) : (
        <>
          <button type="button" onClick={() => setFile(null)}>
            {words.toList}
          </button>
          {pack === null ? (
            <CaseDesk key={file.applicationId} file={file} person={null} changed={setFile} />
          ) : (
            <PackageDesk first={pack} person={null} />
          )}
        </>
      )}
    </div>
  );
}

/** An applicant without their receipt: found as at intake, for a purpose that is logged; then their applications. */
function WithoutReceipt({ centreId, open }: ListProps) {
  const words = useMessages(messages);
  const [isOpen, setIsOpen] = useState(false);
  const [person, setPerson] = useState<Person | null>(null);
  const [rows, setRows] = useState<readonly ApplicationRow[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const show = (found: Person, purpose: Purpose) => {
    setProblem(null);
    call('POST /api/applications/of-person', { body: { purpose, personId: found.personId } }).then(
      (applications) => {
        setRows(applications);
        setPerson(found);
      },
      (error: Error) => setProblem(error.message),
    );
  };
  return (
    <details className="without-receipt" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{words.withoutReceipt}</summary>
      {isOpen && <PersonStep centreId={centreId} chosen={show} mayAdd={false} />}
      <Problem text={problem} />
      {person !== null && (
        <>
          <p>
            <strong>{fullNameOf(person.identity)}</strong>
          </p>
          <ApplicationTable
            name={words.applicationsOf}
            rows={rows}
            due={{ label: words.due, of: ({ lastDay }) => lastDay }}
            open={open}
          />
        </>
      )}
    </details>
  );
}

interface ListProps {
  readonly centreId: number;
  readonly open: (applicationId: string) => void;
}

function List({ centreId, open }: ListProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [mine, setMine] = useState(false);
  const [wanted, setWanted] = useState<ApplicationState | ''>('');
  const rows = useQuery(
    'GET /api/applications',
    {
      query: {
        centreId: centreId as never,
        ...(mine ? { mine: 'yes' as const } : {}),
        ...(wanted === '' ? {} : { state: wanted }),
      },
    },
    ASK_EVERY_MS,
  );
  return (
    <>
      <label className="switch">
        <input type="checkbox" checked={mine} onChange={(event) => setMine(event.target.checked)} /> {words.mine}
      </label>
      <label>
        {words.state}{' '}
        <select value={wanted} onChange={(event) => setWanted(event.target.value as ApplicationState | '')}>
          <option value="">{words.allOpen}</option>
          {APPLICATION_STATES.map((one) => (
            <option key={one} value={one}>
              {STATE_WORDS[one][language]}
            </option>
          ))}
        </select>
      </label>
      <QueryState of={rows} />
      {rows.data !== null && (
        <ApplicationTable
          name={words.list}
          rows={rows.data}
          due={{ label: words.due, of: ({ lastDay }) => lastDay }}
          open={open}
        />
      )}
    </>
  );
}
