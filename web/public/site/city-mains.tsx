import type { Passport } from '../../../contract/catalogue.ts';
import type { SiteWords } from '../messages/site.ts';
import type { Language } from '../page.tsx';
import { CentreLinks, LinkedData, ServiceList } from './parts.tsx';
import type { MainProps } from './main-props.ts';

/** The first page: what one needs in plain words, and the shortest ways. */
export function Home({ shown, words, language, origin }: MainProps<'home'>) {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'GovernmentOrganization',
    name: words.brand,
    url: origin,
    potentialAction: {
      '@type': 'SearchAction',
      target: `${origin}/services?q={search_term_string}`,
      'query-input': 'required name=search_term_string',
    },
  };
  return (
    <main id="home">
      <LinkedData data={data} />
      <h1>{words.home}</h1>
      <p className="lead">{words.homeLead}</p>
      <SearchForm words={words} asked="" />
      <section aria-labelledby="popular">
        <h2 id="popular">{words.popular}</h2>
        <ServiceList services={shown.popular} language={language} />
        <p>
          <a href="/services">{words.allServices}</a>
        </p>
      </section>
      <section aria-labelledby="situations">
        <h2 id="situations">{words.situations}</h2>
        <ul className="cards">
          {shown.situations.map(({ code, name }) => (
            <li key={code}>
              <a href={`/situations/${code}`}>{name[language]}</a>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="centres">
        <h2 id="centres">{words.centres}</h2>
        <p>{words.openNow(String(shown.open))}</p>
        <p>
          <a href="/centres">{words.byTime}</a>
        </p>
      </section>
      {shown.news.length > 0 && (
        <section aria-labelledby="news">
          <h2 id="news">{words.news}</h2>
          <ul className="links">
            {shown.news.map(({ newsId, day, title }) => (
              <li key={newsId}>
                <a href={`/news#n${newsId}`}>{title[language]}</a> <time dateTime={day}>{day}</time>
              </li>
            ))}
          </ul>
        </section>
      )}
      {shown.isDemo && (
        <p className="hint">
          <a href="/start">{words.demoPlaces}</a>
        </p>
      )}
    </main>
  );
}

function SearchForm({ words, asked }: { readonly words: SiteWords; readonly asked: string }) {
  return (
    <form method="get" action="/services" role="search" className="search">
      <label htmlFor="q">{words.search}</label>
      <p className="quiet" id="q-hint">
        {words.searchHint}
      </p>
      <div className="row">
        <input id="q" name="q" type="search" defaultValue={asked} aria-describedby="q-hint" maxLength={100} />
        <button type="submit" className="main-action">
          {words.find}
        </button>
      </div>
    </form>
  );
}

/** All services by their groups, or what was found. */
export function Services({ shown: { asked, services }, words, language }: MainProps<'services'>) {
  const groups = [...new Set(services.map(({ group }) => group[language]))];
  const isSearch = asked.trim() !== '';
  return (
    <main id="services">
      <h1>{words.services}</h1>
      <SearchForm words={words} asked={asked} />
      {isSearch && <p role="status">{services.length === 0 ? words.nothingFound : words.found(services.length)}</p>}
      {isSearch ? (
        <ServiceList services={services} language={language} />
      ) : (
        groups.map((group) => (
          <section key={group}>
            <h2>{group}</h2>
            <ServiceList services={services.filter((one) => one.group[language] === group)} language={language} />
          </section>
        ))
      )}
    </main>
  );
}

/** A service: what to bring, how long, how much, what comes of it, and where. */
export function Service({ shown, words, language, origin }: MainProps<'service'>) {
  const { card, passport, minutes, centres, centresCount } = shown;
  const isFlagship = passport !== null && passport.givenAt.every((kind) => kind === 'flagship');
  return (
    <main id="service">
      {passport !== null && <LinkedData data={publicService(passport, card.serviceId, language, origin)} />}
      <h1>{card.name[language]}</h1>
      {passport !== null && <p className="quiet">{passport.official[language]}</p>}
      <p>
        <a className="button main-action" href={`/book?service=${card.serviceId}`}>
          {words.book}
        </a>
      </p>
      {passport !== null && (
        <p>
          <a href={`/services/${card.serviceId}/begin`}>{words.homeBegin}</a>
        </p>
      )}
      {passport !== null && <p>{passport.appointment === 'required' ? words.bookRequired : words.bookPossible}</p>}
      {passport === null ? (
        <p className="hint">{words.notDescribed}</p>
      ) : (
        passport.variants.map((variant) => (
          <VariantFacts
            key={variant.code}
            variant={variant}
            isOnly={passport.variants.length === 1}
            words={words}
            language={language}
          />
        ))
      )}
      <section aria-labelledby="where">
        <h2 id="where">{words.where}</h2>
        {passport !== null && (
          <p>
            {isFlagship ? words.onlyFlagship : passport.extraterritorial === 'any' ? words.anyCentre : words.byAddress}
          </p>
        )}
        <p>
          {minutes > 0 && `${words.atWindow(minutes)}. `}
          {words.inCentres(centresCount)}
        </p>
        <CentreLinks centres={centres} look="links" words={words} language={language} />
        <p>
          <a href="/centres">{words.byTime}</a>
        </p>
      </section>
    </main>
  );
}

type Variant = Passport['variants'][number];

interface VariantProps {
  readonly variant: Variant;
  /** True where there is no other way of having the service: then it goes without a name. */
  readonly isOnly: boolean;
  readonly words: SiteWords;
  readonly language: Language;
}

function VariantFacts({ variant, isOnly, words, language }: VariantProps) {
  const { code, name: variantName, evidence, signers = [], term, fees, results } = variant;
  const number = new Intl.NumberFormat(language);
  const needs = { must: words.must, optional: words.optional, 'if-present': words.ifPresent };
  const id = `variant-${code}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{isOnly ? words.documents : variantName[language]}</h2>
      {!isOnly && <h3>{words.documents}</h3>}
      <ul className="papers">
        {evidence.map(({ kind, name, need, broughtBy }) => (
          <li key={kind}>
            {name[language]}
            <span className="quiet"> — {broughtBy === 'centre' ? words.byCentre : needs[need]}</span>
          </li>
        ))}
      </ul>
      {signers.length > 0 && (
        <p>
          {words.alsoSign}: {signers.map(({ name }) => name[language]).join(', ')}.
        </p>
      )}
      <dl className="facts">
        {term !== null && (
          <div>
            <dt>{words.term}</dt>
            <dd>
              {words.units[term.unit](term.count)}
              {term.includesTransfer && `, ${words.withTransfer}`}
            </dd>
          </div>
        )}
        <div>
          <dt>{words.fee}</dt>
          <dd>
            {fees.length === 0
              ? words.free
              : fees.map(({ amount }) => words.rubles(number.format(amount / 100))).join(' / ')}
          </dd>
        </div>
        <div>
          <dt>{words.result}</dt>
          <dd>
            {results
              .filter(({ positive }) => positive)
              .map(({ name }) => name[language])
              .join(', ')}
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** The service as other catalogues read it: schema.org, with the terms of CPSV-AP 3.2. */
function publicService(passport: Passport, serviceId: string, language: Language, origin: string): object {
  const { official, plain, agency, variants } = passport;
  const papers = variants.flatMap(({ evidence }) => evidence);
  const results = variants.flatMap(({ results: all }) => all);
  return {
    '@context': {
      '@vocab': 'https://schema.org/',
      cpsv: 'http://purl.org/vocab/cpsv#',
      cv: 'http://data.europa.eu/m8g/',
    },
    '@id': `${origin}/services/${serviceId}`,
    '@type': ['GovernmentService', 'cpsv:PublicService'],
    identifier: serviceId,
    name: official[language],
    description: plain[language],
    inLanguage: language,
    ...(agency !== null && { serviceOperator: { '@type': 'GovernmentOrganization', name: agency.name[language] } }),
    'cpsv:hasInput': papers.map(({ name }) => ({ '@type': 'cv:Evidence', name: name[language] })),
    'cpsv:produces': results.map(({ name }) => ({ '@type': 'cpsv:Output', name: name[language] })),
    'cv:hasCost': variants.flatMap(({ fees }) =>
      fees.map(({ amount }) => ({ '@type': 'cv:Cost', 'cv:value': amount / 100, 'cv:currency': 'RUB' })),
    ),
    availableChannel: { '@type': 'ServiceChannel', serviceUrl: `${origin}/book?service=${serviceId}` },
  };
}

export function Situations({ shown, words, language }: MainProps<'situations'>) {
  return (
    <main id="situations">
      <h1>{words.situations}</h1>
      <p className="lead">{words.situationLead}</p>
      <ul className="cards">
        {shown.situations.map(({ code, name, services }) => (
          <li key={code}>
            <a href={`/situations/${code}`}>{name[language]}</a>
            <span className="quiet">{services.map((one) => one.name[language]).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </main>
  );
}

const SERVICES_AT_ONCE = 5;

export function SituationMain({ shown: { situation }, words, language }: MainProps<'situation'>) {
  const ids = situation.services.slice(0, SERVICES_AT_ONCE).map(({ serviceId }) => serviceId);
  return (
    <main id="situation">
      <h1>{situation.name[language]}</h1>
      <ol className="steps">
        {situation.services.map(({ serviceId, name }) => (
          <li key={serviceId}>
            <a href={`/services/${serviceId}`}>{name[language]}</a>
          </li>
        ))}
      </ol>
      <p>{words.situationAll}</p>
      <p>
        <a className="button main-action" href={`/book?service=${ids.join(',')}`}>
          {words.bookAll}
        </a>
      </p>
    </main>
  );
}

export function NewsMain({ shown: { news }, words, language }: MainProps<'news'>) {
  return (
    <main id="news">
      <h1>{words.news}</h1>
      <p>
        <a href="/news.xml">{words.rss}</a>
      </p>
      {news.length === 0 && <p>{words.newsNone}</p>}
      {news.map(({ newsId, day, title, text }) => (
        <article key={newsId} id={`n${newsId}`}>
          <h2>{title[language]}</h2>
          <time dateTime={day}>{day}</time>
          <p>{text[language]}</p>
        </article>
      ))}
    </main>
  );
}

/** What a demo would have sent. */
export function DemoPost({ shown: { messages }, words }: MainProps<'post'>) {
  return (
    <main id="post">
      <h1>{words.demoPost}</h1>
      {messages.length === 0 && <p>{words.noPost}</p>}
      {messages.map(({ address, subject, text }, place) => (
        <article key={`${messages.length - place} ${address}`}>
          <h2>{address}</h2>
          {subject !== '' && <p>{subject}</p>}
          <p className="letter">{text}</p>
        </article>
      ))}
    </main>
  );
}

export function Trouble({ shown: { problem }, words }: MainProps<'trouble'>) {
  return (
    <main id="trouble">
      <h1>{words.troubleTitle}</h1>
      <p className="problem">{problem}</p>
      <p>
        <a href="/">{words.toHome}</a>
      </p>
    </main>
  );
}
