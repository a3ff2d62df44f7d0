import { useState } from 'react';
import { type AdviceReply, type Refusal } from '../../contract/planning.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, type Query, useChange } from '../shared/query.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

type Advised = AdviceReply['advice'][number];

const CHANGED = ['GET /api/centres/:centreId/advice'] as const;

/** The server knows the same list (contract/planning.ts); a screen takes only its type. */
const REFUSALS: readonly Refusal[] = ['nobody-free', 'will-ease', 'other-work', 'not-so'];

interface AdviceProps {
  readonly centreId: number;
  readonly advice: Query<AdviceReply>;
}

/** What the hall should do now, why, and what it would change; followed, or refused for a reason. Off until the head wants it. */
export function Advice({ centreId, advice }: AdviceProps) {
  const words = useMessages(messages);
  const [refusing, setRefusing] = useState<Advised | null>(null);
  const answered = useChange('POST /api/centres/:centreId/advice/answers', CHANGED);
  const setting = useChange('PUT /api/centres/:centreId/advice-setting', CHANGED);
  const reply = advice.data;
  if (reply === null) return <QueryState of={advice} calm />;
  const answer = (advised: Advised, refusal: Refusal | null) => {
    setRefusing(null);
    answered.run({
      params: { centreId },
      body: {
        kind: advised.kind,
        windows: advised.kind === 'open-windows' ? advised.windows : null,
        toCentreId: advised.kind === 'send-on' ? advised.toCentreId : null,
        refusal,
      },
    });
  };
  const turn = (enabled: boolean) => setting.run({ params: { centreId }, body: { enabled } });
  return (
    <section className="advice" aria-label={words.adviceTitle}>
      <QueryState of={advice} calm />
      <Problem text={answered.problem ?? setting.problem} />
      <ul aria-live="polite">
        {reply.advice.map((advised) => (
          <li key={advised.kind} className="hint">
            <AdviceText advised={advised} />
            <span className="row-actions">
              <button type="button" className="main-action" onClick={() => answer(advised, null)}>
                {words.follow}
              </button>
              <button type="button" onClick={() => setRefusing(advised)}>
                {words.refuse}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {!reply.enabled && <p className="quiet">{words.adviceOff}</p>}
      <button type="button" onClick={() => turn(!reply.enabled)}>
        {reply.enabled ? words.switchAdviceOff : words.switchAdviceOn}
      </button>
      {refusing !== null && (
        <ReasonDialog
          title={words.refuse}
          help={words.refuseHelp}
          reasons={REFUSALS}
          names={words.refusals}
          close={() => setRefusing(null)}
          go={(refusal) => answer(refusing, refusal)}
        />
      )}
    </section>
  );
}

function AdviceText({ advised }: { readonly advised: Advised }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  if (advised.kind === 'send-on') {
    const { name, wayMinutes, waitHereMinutes, waitThereMinutes, savesMinutes } = advised;
    return (
      <>
        <strong>{words.sendOn(name[language], savesMinutes)}</strong>{' '}
        {words.sendOnWhy(waitHereMinutes, waitThereMinutes, wayMinutes)}
      </>
    );
  }
  const { windows, withinMinutes, why, effect } = advised;
  const people = (count: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(Math.round(count * 10) / 10);
  return (
    <>
      <strong>{words.openWindows(windows, withinMinutes)}</strong>{' '}
      {words.openWhy(why.waiting, why.open, why.workMinutes)}{' '}
      {words.openEffect(people(why.atRisk), people(effect.atRisk), effect.paidMinutes)}
    </>
  );
}
