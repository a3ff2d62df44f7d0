import { useEffect, useState } from 'react';
import type { CentreSummary } from '../../contract/network.ts';
import { call } from '../shared/client.ts';
import { useClock, wallTime } from '../shared/clock.tsx';
import { ComfortButtons } from '../shared/comfort.tsx';
import { LanguageButtons, useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';
import { Roles } from './roles.tsx';
import { Tour } from './tour.tsx';
import { Problem } from '../shared/problem.tsx';
import { paths } from '../shared/paths.ts';

/** The hall that robots leave to the newcomer, by its code in every demo. */
const TRAINING_HALL = 'demo-training';
/** The centre that a newcomer is shown, by its name. */
const SHOWN_DISTRICT = 'Хамовники';

/** The first page: in a demo a tour and everybody's place; always all centres with their screens. */
export function StartScreen() {
  const words = useMessages(messages);
  const { kind } = useClock();
  const [centres, setCentres] = useState<readonly CentreSummary[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    call('GET /api/centres', {}).then(setCentres, (error: Error) => setProblem(error.message));
  }, []);
  const training = centres?.find(({ code }) => code === TRAINING_HALL);
  const shown = centres?.find(({ name }) => name.ru.includes(SHOWN_DISTRICT)) ?? centres?.[0];
  return (
    <main>
      <header>
        <div>
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
        <ComfortButtons />
        <LanguageButtons />
      </header>
      <p>
        <a href={paths.promise()}>{words.promise}</a>
        {kind === 'real' && (
          <>
            {' · '}
            <a href={paths.signIn()}>{words.signIn}</a>
          </>
        )}
      </p>
      <Problem text={problem} />
      {kind === 'demo' && training !== undefined && <Tour hallId={training.centreId} />}
      {kind === 'demo' && shown !== undefined && (
        <Roles centreId={shown.centreId} name={shown.name} trainingId={training?.centreId ?? shown.centreId} />
      )}
      {centres !== null && (centres.length === 0 ? <p>{words.none}</p> : <CentreTable centres={centres} />)}
    </main>
  );
}

function CentreTable({ centres }: { centres: readonly CentreSummary[] }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const network = centres.filter(({ code }) => code !== TRAINING_HALL);
  return (
    <>
      <h2>{words.centres(network.filter(({ doors }) => doors !== null).length, network.length)}</h2>
      <div className="scrolled" tabIndex={0} role="region" aria-label={words.centre}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.centre}</th>
              <th scope="col">{words.hours}</th>
              <th scope="col">{words.screens}</th>
            </tr>
          </thead>
          <tbody>
            {network.map(({ centreId, name, doors, timeZone }) => (
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
                      <a href={paths.kiosk(centreId)}>{words.kiosk}</a>{' '}
                      <a href={paths.board(centreId)}>{words.board}</a>{' '}
                      <a href={paths.window(centreId, 1)}>{words.window}</a>{' '}
                      <a href={paths.hall(centreId)}>{words.hall}</a>
                    </nav>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
