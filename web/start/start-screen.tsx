import { useEffect, useState } from 'react';
import type { CentreSummary } from '../../contract/network.ts';
import { call } from '../shared/client.ts';
import { wallTime } from '../shared/clock.tsx';
import { LanguageButtons, useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

/** The first page: all centres with their screens. */
export function StartScreen() {
  const words = useMessages(messages);
  const [centres, setCentres] = useState<readonly CentreSummary[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    call('GET /api/centres', {}).then(setCentres, (error: Error) => setProblem(error.message));
  }, []);
  return (
    <main>
      <header>
        <div>
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
        <LanguageButtons />
      </header>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {centres !== null && (centres.length === 0 ? <p>{words.none}</p> : <CentreTable centres={centres} />)}
    </main>
  );
}

function CentreTable({ centres }: { centres: readonly CentreSummary[] }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  return (
    <>
      <h2>{words.centres(centres.filter(({ doors }) => doors !== null).length, centres.length)}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.centre}</th>
            <th scope="col">{words.hours}</th>
            <th scope="col">{words.screens}</th>
          </tr>
        </thead>
        <tbody>
          {centres.map(({ centreId, name, doors, timeZone }) => (
            <tr key={centreId}>
              <th scope="row">{name[language]}</th>
              <td>
                {doors === null
                  ? words.closed
                  : `${wallTime(doors.opens, timeZone, language)}–${wallTime(doors.closes, timeZone, language)}`}
              </td>
              <td>
                {doors !== null && (
                  <nav aria-label={name[language]}>
                    <a href={`/kiosk/${centreId}`}>{words.kiosk}</a> <a href={`/board/${centreId}`}>{words.board}</a>{' '}
                    <a href={`/window/${centreId}/1`}>{words.window}</a>
                  </nav>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
