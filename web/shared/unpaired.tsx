import { useEffect, useState } from 'react';
import { useClock } from './clock.tsx';
import { isPaired } from './device.ts';
import { useMessages } from './language.tsx';
import { messages } from './messages/index.ts';
import { useSession } from './session.ts';
import { paths } from './paths.ts';

/** At a real centre a device that nobody has let in can show things and do nothing: it says where to begin. */
export function Unpaired() {
  const words = useMessages(messages);
  const { kind } = useClock();
  const session = useSession();
  const [paired, setPaired] = useState(true);
  useEffect(() => {
    void isPaired().then(setPaired);
  }, []);
  if (kind !== 'real' || paired || session !== null) return null;
  return (
    <p className="hint">
      <a href={paths.pair()}>{words.unpaired}</a>
    </p>
  );
}
