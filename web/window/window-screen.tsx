import { useMemo } from 'react';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { useClock } from '../shared/clock.tsx';
import { Connection } from '../shared/connection.tsx';
import { Frame } from '../shared/frame.tsx';
import { useHall } from '../shared/hall.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { useScreens } from '../shared/screens.ts';
import { useSession } from '../shared/session.ts';
import { Desk } from './desk.tsx';
import { messages } from './messages/index.ts';
import { useOnlyTab } from './only-tab.ts';
import { useDesk } from './use-desk.ts';
import { paths } from '../shared/paths.ts';
import { thisPage } from '../shared/place.ts';

/** A specialist's workplace: the visitor at the window, and one big next action. */
export function WindowScreen() {
  const [centreId = 0, windowId = 0] = numbersInAddress('centre', 'window');
  const { language } = useLanguage();
  const words = useMessages(messages);
  const centre = useCentre(centreId);
  const settings = useScreens(centreId);
  const live = useHall(centreId);
  const { kind } = useClock();
  const session = useSession();
  const alone = useOnlyTab(`window-${centreId}-${windowId}`);
  const { hall } = live;
  const window = useMemo(() => hall?.windows.find((one) => one.windowId === windowId), [hall, windowId]);
  const desk = useDesk(hall, window);
  const seated = desk?.window.specialistId ?? null;
  const taken = seated !== null && session !== null && session.specialistId !== seated;

  return (
    <Frame
      over={centre?.name[language]}
      title={words.window(windowId)}
      under={session?.name}
      timeZone={centre?.timeZone ?? null}
    >
      <Connection live={live} />
      {kind === 'real' && session === null && (
        <p className="hint">
          <a href={paths.signIn(thisPage())}>{words.signIn}</a>
        </p>
      )}
      {hall !== null && window === undefined && <p className="problem">{words.notHere}</p>}
      {alone === false && (
        <p className="problem" role="alert">
          {words.otherTab}
        </p>
      )}
      {taken && (
        <p className="problem" role="alert">
          {words.otherPerson}
        </p>
      )}
      {hall !== null && window !== undefined && centre !== null && settings !== null && alone === true && !taken && (
        <Desk
          centre={centre}
          settings={settings.hall}
          hall={hall}
          window={window}
          desk={desk}
          specialistId={session?.specialistId ?? null}
          offline={live.lostAt !== null}
        />
      )}
    </Frame>
  );
}
