import { useState } from 'react';
import { call } from '../../shared/client.ts';
import { useMessages } from '../../shared/language.tsx';
import { Digits } from '../keyboard.tsx';
import { messages } from '../messages/index.ts';
import { printByAgent } from '../printing.ts';
import { site } from '../../shared/origins.ts';
import { paths } from '../../shared/paths.ts';

/** The way out for staff: a code opens the test of the printer, the reload, and the other pages. */
export function StaffPage({ centreId, done }: { readonly centreId: number; readonly done: () => void }) {
  const words = useMessages(messages);
  const [code, setCode] = useState('');
  const [inside, setInside] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const enter = () => {
    call('POST /api/centres/:centreId/screens/staff-exit', { params: { centreId }, body: { code } }).then(
      () => setInside(true),
      (error: Error) => {
        setCode('');
        setSaid(error.message);
      },
    );
  };
  return (
    <>
      <h2 className="question">{words.forStaff}</h2>
      {said !== null && (
        <p className="hint" role="status">
          {said}
        </p>
      )}
      {inside ? (
        <StaffActions centreId={centreId} say={setSaid} />
      ) : (
        <>
          <input
            type="password"
            aria-label={words.staffCode}
            value={code}
            inputMode="numeric"
            maxLength={10}
            autoComplete="off"
            onChange={(event) => setCode(event.target.value)}
          />
          <Digits text={code} change={setCode} />
          <button type="button" className="main-action" disabled={code.length < 4} onClick={enter}>
            {words.next}
          </button>
        </>
      )}
      <div className="row">
        <button type="button" onClick={done}>
          {words.back}
        </button>
      </div>
    </>
  );
}

interface StaffActionsProps {
  readonly centreId: number;
  readonly say: (text: string) => void;
}

/** What may be done behind the code. */
function StaffActions({ centreId, say }: StaffActionsProps) {
  const words = useMessages(messages);
  const test = () => {
    const ticket = {
      centre: words.printTest,
      number: 'А000',
      latinNumber: 'A000',
      service: '',
      lines: [],
      link: site,
    };
    say(words.printing['under-way']);
    printByAgent(centreId, ticket).then(
      (fault) => say(fault === null ? words.printing.done : `${words.printing.failed} (${fault})`),
      (error: Error) => say(error.message),
    );
  };
  return (
    <div className="row">
      <button type="button" onClick={test}>
        {words.printTest}
      </button>
      <button type="button" onClick={() => location.reload()}>
        {words.reload}
      </button>
      <a href={paths.site()}>{words.otherScreens}</a>
    </div>
  );
}
