import { useEffect, useState } from 'react';
import type { ApplicationFile } from '../../contract/applications.ts';
import type { PackageFile } from '../../contract/packages.ts';
import type { Person } from '../../contract/persons.ts';
import type { ServiceId } from '../../core/queue/ids.ts';
import type { Variant } from '../shared/application/passport.ts';
import { useAnswer } from '../shared/answers.ts';
import { call, CallProblem } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';
import { visitInAddress } from './purpose.ts';
import { Problem } from '../shared/problem.tsx';

const ASK_EVERY_MS = 300_000;

interface WishStepProps {
  readonly centreId: number;
  readonly person: Person;
  readonly begun: (file: ApplicationFile) => void;
  readonly packed: (file: PackageFile) => void;
}

/** What is needed: one service in one of its variants, or a whole situation. */
export function WishStep({ centreId, person: { personId }, begun, packed }: WishStepProps) {
  const words = useMessages(messages);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  const visit = visitInAddress();
  const tie = visit === null ? {} : { visit };
  const fail = (error: unknown) =>
    setProblem(error instanceof CallProblem ? error : new CallProblem('internal', String(error)));
  const begin = (wanted: object) => {
    setProblem(null);
    const body = { commandId: crypto.randomUUID(), centreId, personId, ...tie, ...wanted };
    call('POST /api/applications', { body: body as never }).then(begun, fail);
  };
  const pack = (templateId: string) => {
    setProblem(null);
    const body = { commandId: crypto.randomUUID(), templateId, centreId, personId, facts: {}, ...tie };
    call('POST /api/packages', { body }).then(packed, fail);
  };
  return (
    <section aria-labelledby="what">
      <h2 id="what">{words.what}</h2>
      <div className="columns">
        <OneService begin={begin} isOpen={problem?.code === 'application-open'} />
        <WholeSituation pack={pack} />
      </div>
      <Problem text={problem?.message ?? null} />
    </section>
  );
}

interface OneServiceProps {
  readonly begin: (wanted: object) => void;
  /** True when such an application is open, and a reason is needed for another one. */
  readonly isOpen: boolean;
}

function OneService({ begin, isOpen }: OneServiceProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [serviceId, setServiceId] = useState('');
  const [variant, setVariant] = useState('');
  const [because, setBecause] = useState('');
  const services = useAnswer('GET /api/catalogue', {}, ASK_EVERY_MS) ?? [];
  const variants = useVariants(serviceId);
  const chosen = variants.some(({ code }) => code === variant) ? variant : (variants[0]?.code ?? '');
  const reason = because.trim();
  return (
    <form
      className="form"
      aria-label={words.oneService}
      onSubmit={(event) => {
        event.preventDefault();
        begin({ serviceId, variant: chosen, ...(reason === '' ? {} : { anotherBecause: reason }) });
      }}
    >
      <h3>{words.oneService}</h3>
      <label>
        <span>{words.service}</span>
        <select required value={serviceId} onChange={(event) => setServiceId(event.target.value)}>
          <option value="">—</option>
          {services
            .filter(({ version }) => version !== null)
            .map((one) => (
              <option key={one.serviceId} value={one.serviceId}>
                {one.name[language]}
              </option>
            ))}
        </select>
      </label>
      {variants.length > 1 && (
        <label>
          <span>{words.variant}</span>
          <select value={chosen} onChange={(event) => setVariant(event.target.value)}>
            {variants.map(({ code, name }) => (
              <option key={code} value={code}>
                {name[language]}
              </option>
            ))}
          </select>
        </label>
      )}
      {isOpen && (
        <label>
          <span>{words.anotherBecause}</span>
          <input minLength={5} value={because} onChange={(event) => setBecause(event.target.value)} />
        </label>
      )}
      <button type="submit" className="main-action">
        {words.begin}
      </button>
    </form>
  );
}

function WholeSituation({ pack }: { readonly pack: (templateId: string) => void }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const situations = useAnswer('GET /api/package-templates', {}, ASK_EVERY_MS) ?? [];
  return (
    <form
      className="form"
      aria-label={words.wholeSituation}
      onSubmit={(event) => {
        event.preventDefault();
        pack(String(new FormData(event.currentTarget).get('template')));
      }}
    >
      <h3>{words.wholeSituation}</h3>
      <label>
        <span>{words.situation}</span>
        <select name="template" required defaultValue="">
          <option value="">—</option>
          {situations.map(({ templateId, template }) => (
            <option key={templateId} value={templateId}>
              {template.name[language]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="main-action">
        {words.begin}
      </button>
    </form>
  );
}

/** The variants of a service as it is in force; none while no service is chosen. */
function useVariants(serviceId: string): readonly Variant[] {
  const [known, setKnown] = useState<{ readonly of: string; readonly variants: readonly Variant[] } | null>(null);
  useEffect(() => {
    if (serviceId === '') return;
    call('GET /api/catalogue/:serviceId', { params: { serviceId: serviceId as ServiceId } }).then(
      ({ versions }) =>
        setKnown({
          of: serviceId,
          variants: versions.find(({ state }) => state === 'published')?.passport.variants ?? [],
        }),
      () => undefined,
    );
  }, [serviceId]);
  return known?.of === serviceId ? known.variants : [];
}
