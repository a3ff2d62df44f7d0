import { useState } from 'react';
import type { ApplicationFile } from '../../contract/application-shapes.ts';
import type { Passport } from '../../contract/catalogue.ts';
import type { PackageFile } from '../../contract/packages.ts';
import type { Person } from '../../contract/persons.ts';
import type { ServiceId } from '../../core/queue/ids.ts';
import { call, CallProblem } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useQuery } from '../shared/query.ts';
import { useServiceSearch } from '../shared/service-search.ts';
import { messages } from './messages/index.ts';
import { purposeFor, visitInAddress } from './purpose.ts';
import { Problem } from '../shared/problem.tsx';
import { type WantedPackage, WholePackage } from './whole-package.tsx';

const ASK_EVERY_MS = 300_000;

interface WishStepProps {
  readonly centreId: number;
  readonly person: Person;
  readonly begun: (file: ApplicationFile) => void;
  readonly packed: (file: PackageFile) => void;
}

/** What is needed: one service in one of its variants, or a whole package. */
export function WishStep({ centreId, person: { personId }, begun, packed }: WishStepProps) {
  const words = useMessages(messages);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  const visit = visitInAddress();
  const tie = visit === null ? {} : { visit };
  const fail = (error: unknown) =>
    setProblem(error instanceof CallProblem ? error : new CallProblem('internal', String(error)));
  const start = async ({ representative, ...wanted }: Wanted) => {
    const by = representative === null ? {} : { representative: await representativeOf(centreId, representative) };
    const body = { commandId: crypto.randomUUID(), centreId, personId, ...tie, ...wanted, ...by };
    return call('POST /api/applications', { body: body as never });
  };
  const begin = (wanted: Wanted) => {
    setProblem(null);
    start(wanted).then(begun, fail);
  };
  const fromHome = (homeCode: string, because: string) => {
    setProblem(null);
    call('POST /api/home-drafts/open', { body: { code: homeCode } })
      .then(({ serviceId, variant }) =>
        start({
          serviceId,
          variant,
          homeCode,
          representative: null,
          ...(because === '' ? {} : { anotherBecause: because }),
        }),
      )
      .then(begun, fail);
  };
  const pack = (wanted: WantedPackage) => {
    setProblem(null);
    const body = { commandId: crypto.randomUUID(), centreId, personId, ...wanted, ...tie };
    call('POST /api/packages', { body }).then(packed, fail);
  };
  const atRepresentative = problem !== null && OF_REPRESENTATIVE.has(problem.code) ? problem.message : null;
  return (
    <section aria-labelledby="what">
      <h2 id="what">{words.what}</h2>
      <div className="columns">
        <OneService begin={begin} isOpen={problem?.code === 'application-open'} atRepresentative={atRepresentative} />
        <FromHome open={fromHome} isOpen={problem?.code === 'application-open'} />
        <WholePackage pack={pack} isOpen={problem?.code === 'package-open'} />
      </div>
      <Problem text={atRepresentative === null ? (problem?.message ?? null) : null} />
    </section>
  );
}

/** Problems that are told at the field of the representative. */
const OF_REPRESENTATIVE: ReadonlySet<string> = new Set(['own-representative', 'representative-under-age']);

/** A representative of the applicant, as they introduce themselves at the window. */
interface Representative {
  readonly snils: string;
  readonly mandate: string;
}

interface Wanted {
  readonly serviceId: string;
  readonly variant: string;
  readonly anotherBecause?: string;
  readonly homeCode?: string;
  readonly representative: Representative | null;
}

/** The representative is a registered person: found by their number, with the power of attorney that they show. */
async function representativeOf(centreId: number, { snils, mandate }: Representative) {
  const purpose = purposeFor(centreId, 'представитель заявителя');
  const [found] = await call('POST /api/persons/search', { body: { purpose, by: { snils } } });
  return { personId: found?.personId ?? NOBODY, mandate: { kind: 'mandate', number: mandate } };
}

/** An id that nobody has: the server says in words that there is no such person. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

interface OneServiceProps {
  readonly begin: (wanted: Wanted) => void;
  /** True when such an application is open, and a reason is needed for another one. */
  readonly isOpen: boolean;
  readonly atRepresentative: string | null;
}

function OneService({ begin, isOpen, atRepresentative }: OneServiceProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [serviceId, setServiceId] = useState('');
  const [variant, setVariant] = useState('');
  const [because, setBecause] = useState('');
  const [asked, setAsked] = useState('');
  const catalogue = useQuery('GET /api/catalogue', {}, ASK_EVERY_MS);
  const services = (catalogue.data ?? []).filter(({ version }) => version !== null);
  const find = useServiceSearch(services, ({ name, group }) => ({
    names: [name.ru, name.en],
    about: [group.ru, group.en],
  }));
  const shown = asked.trim() === '' ? services : find(asked);
  const passport = useQuery(
    'GET /api/catalogue/:serviceId',
    serviceId === '' ? null : { params: { serviceId: serviceId as ServiceId } },
  );
  const variants = passport.data?.versions.find(({ state }) => state === 'published')?.passport.variants ?? [];
  const chosen = variants.some(({ code }) => code === variant) ? variant : (variants[0]?.code ?? '');
  const reason = because.trim();
  return (
    <form
      className="form"
      aria-label={words.oneService}
      onSubmit={(event) => {
        event.preventDefault();
        const representative = representativeIn(new FormData(event.currentTarget));
        begin({ serviceId, variant: chosen, representative, ...(reason === '' ? {} : { anotherBecause: reason }) });
      }}
    >
      <h3>{words.oneService}</h3>
      <QueryState of={catalogue} calm />
      <QueryState of={passport} calm />
      <FindService asked={asked} ask={setAsked} best={(text) => find(text)[0]?.serviceId} choose={setServiceId} />
      <label>
        <span>{words.service}</span>
        <select required value={serviceId} onChange={(event) => setServiceId(event.target.value)}>
          <option value="">—</option>
          {services
            .filter((one) => shown.includes(one) || one.serviceId === serviceId)
            .toSorted((a, b) => shown.indexOf(a) - shown.indexOf(b))
            .map((one) => (
              <option key={one.serviceId} value={one.serviceId}>
                {one.name[language]}
              </option>
            ))}
        </select>
      </label>
      <VariantField variants={variants} chosen={chosen} choose={setVariant} />
      <RepresentativeFields problem={atRepresentative} />
      {isOpen && (
        <label>
          <span>{words.anotherBecause}</span>
          <input minLength={5} value={because} onChange={(event) => setBecause(event.target.value)} />
        </label>
      )}
      <button type="submit" className="main-action" disabled={serviceId !== '' && passport.pending}>
        {words.begin}
      </button>
    </form>
  );
}

interface VariantFieldProps {
  readonly variants: Passport['variants'];
  readonly chosen: string;
  readonly choose: (code: string) => void;
}

/** The variants of a service, where it has several. */
function VariantField({ variants, chosen, choose }: VariantFieldProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  if (variants.length <= 1) return null;
  return (
    <label>
      <span>{words.variant}</span>
      <select value={chosen} onChange={(event) => choose(event.target.value)}>
        {variants.map(({ code, name }) => (
          <option key={code} value={code}>
            {name[language]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The applicant's representative, if there is one. */
function RepresentativeFields({ problem }: { readonly problem: string | null }) {
  const words = useMessages(messages);
  return (
    <details>
      <summary>{words.representative}</summary>
      <label>
        <span>{words.representativeSnils}</span>
        <input name="snils" autoComplete="off" aria-invalid={problem !== null} />
      </label>
      <Problem text={problem} />
      <label>
        <span>{words.mandate}</span>
        <input name="mandate" maxLength={60} autoComplete="off" />
      </label>
    </details>
  );
}

interface FindServiceProps {
  readonly asked: string;
  readonly ask: (asked: string) => void;
  /** What is found first for a question. */
  readonly best: (asked: string) => string | undefined;
  readonly choose: (serviceId: string) => void;
}

/** A service by what people call it: the best one is chosen at once, the others stand below it in the list. */
function FindService({ asked, ask, best, choose }: FindServiceProps) {
  const words = useMessages(messages);
  return (
    <label>
      <span>{words.findService}</span>
      <input
        type="search"
        value={asked}
        maxLength={100}
        autoComplete="off"
        onChange={({ target: { value } }) => {
          ask(value);
          const found = best(value);
          if (found !== undefined) choose(found);
        }}
      />
    </label>
  );
}

/** The representative of the form; null when nobody was named. */
function representativeIn(form: FormData): Representative | null {
  const snils = String(form.get('snils') ?? '').trim();
  return snils === '' ? null : { snils, mandate: String(form.get('mandate') ?? '').trim() };
}

interface FromHomeProps {
  readonly open: (homeCode: string, because: string) => void;
  readonly isOpen: boolean;
}

/** What was begun at home goes on here: by the code that the applicant has. */
function FromHome({ open, isOpen }: FromHomeProps) {
  const words = useMessages(messages);
  return (
    <form
      className="form"
      aria-label={words.fromHome}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        open(String(form.get('home')).trim(), String(form.get('because') ?? '').trim());
      }}
    >
      <h3>{words.fromHome}</h3>
      <label>
        <span>{words.homeCode}</span>
        <input name="home" required minLength={12} maxLength={20} autoComplete="off" />
      </label>
      {isOpen && (
        <label>
          <span>{words.anotherBecause}</span>
          <input name="because" minLength={5} />
        </label>
      )}
      <button type="submit">{words.goOn}</button>
    </form>
  );
}
