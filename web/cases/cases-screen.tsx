import { useState } from 'react';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { CallProblem } from '../shared/client.ts';
import { Frame } from '../shared/frame.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { useQuery } from '../shared/query.ts';
import { Pages } from '../shared/ui/pages.tsx';
import { Applications } from './applications.tsx';
import { Intake } from './intake.tsx';
import { messages } from './messages/index.ts';
import { PaperDesk } from './paper-desk.tsx';
import { Tasks } from './tasks.tsx';
import { paths } from '../shared/paths.ts';
import { thisPage } from '../shared/place.ts';

const ASK_EVERY_MS = 15_000;

/** What people come for: applications of a centre from the first word to the result. */
export function CasesScreen() {
  const [centreId = 0] = numbersInAddress('centre');
  const words = useMessages(messages);
  const { language } = useLanguage();
  const centre = useCentre(centreId);
  const tasks = useQuery('GET /api/centres/:centreId/case-tasks', { params: { centreId } }, ASK_EVERY_MS);
  const [turn, setTurn] = useState(0);
  // Nobody is signed in, and the installation asks for it.
  const isShut = tasks.data === null && tasks.error instanceof CallProblem && tasks.error.code === 'key-needed';
  if (tasks.pending) return <main aria-busy="true" />;
  if (isShut)
    return (
      <Frame over={words.title} title={centre?.name[language] ?? words.title} timeZone={centre?.timeZone ?? null}>
        <p>
          {words.needSignIn} <a href={paths.signIn(thisPage())}>{words.signIn}</a>
        </p>
      </Frame>
    );
  return (
    <Frame over={words.title} title={centre?.name[language]} timeZone={centre?.timeZone ?? null}>
      <Pages
        label={words.pages}
        pages={[
          {
            id: 'intake',
            title: words.intake,
            content: <Intake key={turn} centreId={centreId} over={() => setTurn((before) => before + 1)} />,
          },
          { id: 'applications', title: words.applications, content: <Applications centreId={centreId} /> },
          {
            id: 'papers',
            title: words.manifests,
            content: <PaperDesk centreId={centreId} timeZone={centre?.timeZone ?? 'UTC'} />,
          },
          {
            id: 'tasks',
            title: words.tasks(tasks.data?.length ?? 0),
            content: <Tasks tasks={tasks} timeZone={centre?.timeZone ?? 'UTC'} />,
          },
        ]}
      />
    </Frame>
  );
}
