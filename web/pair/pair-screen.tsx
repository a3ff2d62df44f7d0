import { useEffect, useState } from 'react';
import { call } from '../shared/client.ts';
import { useClock } from '../shared/clock.tsx';
import { canPair, keepToken, newIdentity } from '../shared/device.ts';
import { LanguageButtons, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';
import { paths } from '../shared/paths.ts';

const KINDS = ['kiosk', 'board', 'window', 'tablet'] as const;
const ASK_EVERY_MS = 2_000;

interface Pairing {
  readonly pairingId: string;
  readonly code: string;
  readonly fingerprint: string;
  readonly expiresAt: number;
}

interface Made {
  readonly kind: string;
  readonly centreId: number;
  readonly windowId: number | null;
}

/** Where a device works that was let in. A tablet is in front of a window. */
function addressOf({ kind, centreId, windowId }: Made): string {
  if (kind === 'window') return paths.window(centreId, windowId ?? 1);
  if (kind === 'tablet') return paths.rate(centreId, windowId ?? 1);
  return kind === 'kiosk' ? paths.kiosk(centreId) : paths.board(centreId);
}

/** A device asks to be let in: it shows a code until a person confirms it, then becomes what it was made. */
export function PairScreen() {
  const words = useMessages(messages);
  const [pairing, setPairing] = useState<Pairing | null>(null);
  const [state, setState] = useState<'waiting' | 'over' | 'confirmed'>('waiting');
  const [problem, setProblem] = useState<string | null>(null);
  const ask = async (kind: (typeof KINDS)[number]) => {
    setProblem(null);
    setState('waiting');
    const body = { kind, publicKey: await newIdentity() };
    await call('POST /api/pairings', { body }).then(setPairing, (error: Error) => setProblem(error.message));
  };
  useEffect(() => {
    if (pairing === null || state !== 'waiting') return;
    const look = async () => {
      const answer = await call('GET /api/pairings/:pairingId', { params: { pairingId: pairing.pairingId } });
      if (answer.state !== 'confirmed') return setState(answer.state);
      setState('confirmed');
      await keepToken(answer.token);
      location.assign(addressOf(answer));
    };
    // While the server is away the code stays on the screen; the next question comes in two seconds.
    const timer = setInterval(() => void look().catch(() => undefined), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [pairing, state]);
  return (
    <main>
      <header>
        <h1>{words.title}</h1>
        <LanguageButtons />
      </header>
      {canPair ? <p>{words.lead}</p> : <p className="problem">{words.insecure}</p>}
      <Problem text={problem} />
      {pairing === null || state === 'over' ? (
        <section>
          {state === 'over' && <p role="status">{words.over}</p>}
          <div className="row-actions">
            {KINDS.map((kind) => (
              <button key={kind} type="button" disabled={!canPair} onClick={() => void ask(kind)}>
                {words.kinds[kind]}
              </button>
            ))}
          </div>
        </section>
      ) : (
        <Code pairing={pairing} confirmed={state === 'confirmed'} />
      )}
    </main>
  );
}

function Code({ pairing, confirmed }: { readonly pairing: Pairing; readonly confirmed: boolean }) {
  const words = useMessages(messages);
  const { now } = useClock();
  return (
    <section>
      <h2>{words.code}</h2>
      <p className="code">{pairing.code}</p>
      <p>{words.fingerprint(pairing.fingerprint)}</p>
      <p role="status">
        {confirmed
          ? words.done
          : now !== null && words.left(Math.max(0, Math.round((pairing.expiresAt - now) / 1_000)))}
      </p>
    </section>
  );
}
