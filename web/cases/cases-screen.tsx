import { useEffect, useState } from 'react';
import { useAsked } from '../shared/answers.ts';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { call, CallProblem } from '../shared/client.ts';
import { Frame } from '../shared/frame.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { Pages } from '../shared/ui/pages.tsx';
import { Applications } from './applications.tsx';
import { Intake } from './intake.tsx';
import { messages } from './messages/index.ts';
import { PaperDesk } from './paper-desk.tsx';
import { Tasks } from './tasks.tsx';

const ASK_EVERY_MS = 15_000;

/** What people come for: applications of a centre from the first word to the result. */
export function CasesScreen() {
  const [centreId = 0] = numbersInAddress();
  const words = useMessages(messages);
  const { language } = useLanguage();
  const centre = useCentre(centreId);
  const [tasks, again] = useAsked('GET /api/centres/:centreId/case-tasks', { params: { centreId } }, ASK_EVERY_MS);
  const [turn, setTurn] = useState(0);
  const isShut = useIsShut(centreId);
  if (isShut === null) return <main aria-busy="true" />;
  if (isShut)
    return (
      <Frame over={words.title} title={centre?.name[language] ?? words.title} timeZone={centre?.timeZone ?? null}>
        <p>
          {words.needSignIn} <a href={`/sign-in?to=${encodeURIComponent(location.pathname)}`}>{words.signIn}</a>
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
            title: words.tasks(tasks?.length ?? 0),
            content: <Tasks tasks={tasks ?? []} changed={again} timeZone={centre?.timeZone ?? 'UTC'} />,
          },
        ]}
      />
    </Frame>
  );
}

/** True where nobody is signed in and the installation asks for it; null while that is not known. */
function useIsShut(centreId: number): boolean | null {
  const [isShut, setIsShut] = useState<boolean | null>(null);
  useEffect(() => {
    call('GET /api/centres/:centreId/case-tasks', { params: { centreId } }).then(
      () => setIsShut(false),
      (error: Error) => setIsShut(error instanceof CallProblem && error.code === 'key-needed'),
    );
  }, [centreId]);
  return isShut;
}
