import type { CentreCard, CentrePage } from '../../../contract/site.ts';
import type { SiteWords } from '../messages/site.ts';
import type { Language } from '../page.tsx';
import { CentreLinks, dayInWords, LinkedData, ServiceList, shortName, stateOf } from './parts.tsx';
import type { MainProps } from './main-props.ts';

interface OriginFormProps {
  readonly action: string;
  readonly origins: readonly {
    readonly centreId: number;
    readonly name: { readonly ru: string; readonly en: string };
  }[];
  readonly from: number | null;
  readonly words: SiteWords;
  readonly language: Language;
  readonly hidden?: Readonly<Record<string, string>>;
}

const NOTHING_HIDDEN: Readonly<Record<string, string>> = {};

/** Where the visitor is: their district, from a list; a telephone may find it itself. */
export function OriginForm({ action, origins, from, words, language, hidden = NOTHING_HIDDEN }: OriginFormProps) {
  return (
    <form method="get" action={action} className="choose">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label htmlFor="from">{words.district}</label>
      <select id="from" name="from" defaultValue={from ?? ''}>
        <option value="">{words.notChosen}</option>
        {origins.map(({ centreId, name }) => (
          <option key={centreId} value={centreId}>
            {name[language]}
          </option>
        ))}
      </select>
      <button type="submit">{words.byTime}</button>
      <button type="button" data-locate hidden>
        {words.locate}
      </button>
    </form>
  );
}

/** All centres: on a map, and in a list that says the same. */
export function CentresMain({ shown: { centres, origins, from }, words, language }: MainProps<'centres'>) {
  return (
    <main id="centres">
      <h1>{words.centres}</h1>
      <OriginForm action="/centres" origins={origins} from={from} words={words} language={language} />
      <CentreMap centres={centres} words={words} language={language} />
      <CentreLinks centres={centres} look="columns" words={words} language={language} />
    </main>
  );
}

const MAP_WIDTH = 600;
/** A degree of latitude is so much longer than one of longitude at the latitude of the city. */
const stretchAt = (latitude: number) => 1 / Math.cos((latitude * Math.PI) / 180);
/** Waits of so many minutes begin a darker circle. */
const DARKER = [3, 7, 15];

interface CentreMapProps {
  readonly centres: readonly CentreCard[];
  readonly words: SiteWords;
  readonly language: Language;
}

function CentreMap({ centres, words, language }: CentreMapProps) {
  const placed = centres.flatMap((centre) => (centre.position === null ? [] : [{ ...centre, ...centre.position }]));
  if (placed.length === 0) return null;
  // Offices in the country would make the city small: the map shows where most centres are.
  const middle = placed.map(({ latitude }) => latitude).toSorted((a, b) => a - b)[Math.floor(placed.length / 2)] ?? 0;
  const near = placed.filter(({ latitude }) => Math.abs(latitude - middle) < 0.35);
  const [south, north] = [Math.min(...near.map((one) => one.latitude)), Math.max(...near.map((one) => one.latitude))];
  const [west, east] = [Math.min(...near.map((one) => one.longitude)), Math.max(...near.map((one) => one.longitude))];
  const scale = (MAP_WIDTH - 40) / Math.max(0.01, east - west);
  const height = Math.round((north - south) * scale * stretchAt(middle)) + 40;
  return (
    <figure className="map" aria-label={words.map}>
      <svg viewBox={`0 0 ${MAP_WIDTH} ${height}`} aria-hidden="true">
        {near.map((centre) => (
          <a
            key={centre.centreId}
            href={`/centres/${centre.centreId}`}
            tabIndex={-1}
            aria-label={shortName(centre.name, language)}
          >
            <circle
              cx={Math.round((centre.longitude - west) * scale + 20)}
              cy={Math.round((north - centre.latitude) * scale * stretchAt(middle) + 20)}
              r={centre.kind === 'flagship' ? 11 : 7}
              className={`w${shade(centre)}`}
            >
              <title>{shortName(centre.name, language)}</title>
            </circle>
          </a>
        ))}
      </svg>
      <figcaption className="quiet">{words.mapHint}</figcaption>
    </figure>
  );
}

/** 0: closed; 1 to 4: the longer the wait, the darker. */
function shade({ isOpen, waitMinutes }: CentreCard): number {
  if (!isOpen) return 0;
  const wait = waitMinutes?.[0] ?? 0;
  return 1 + DARKER.filter((minutes) => wait >= minutes).length;
}

/** One centre: when, where, how long, what for whom. */
export function CentreMain({ shown: { centre }, words, language, origin }: MainProps<'centre'>) {
  const { name, district, address, phone, week, services, windows } = centre;
  return (
    <main id="centre">
      <LinkedData data={officeData(centre, language, origin)} />
      <h1>{name[language]}</h1>
      <p className="quiet">{district[language]}</p>
      <p className="big">{stateOf(centre, words)}</p>
      <p>
        <a className="button main-action" href="/services">
          {words.book}
        </a>
      </p>
      <dl className="facts">
        {address !== '' && (
          <div>
            <dt>{words.address}</dt>
            <dd>{address}</dd>
          </div>
        )}
        {phone !== '' && (
          <div>
            <dt>{words.phone}</dt>
            <dd>
              <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a>
            </dd>
          </div>
        )}
        <div>
          <dt>{words.where}</dt>
          <dd>{words.windowsCount(windows)}</dd>
        </div>
      </dl>
      <QuietHours quietHours={centre.quietHours} words={words} />
      <h2 id="hours">{words.hours}</h2>
      <table aria-labelledby="hours">
        <tbody>
          {week.map(({ day, hours, reason }) => (
            <tr key={day}>
              <th scope="row">{dayInWords(day, language)}</th>
              <td>
                {hours ?? words.closed}
                {reason !== null && ` (${words.reasons[reason] ?? reason})`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Comfort centre={centre} words={words} language={language} />
      <h2>{words.services}</h2>
      <ServiceList services={services} language={language} />
    </main>
  );
}

function QuietHours({
  quietHours,
  words,
}: {
  readonly quietHours: CentrePage['quietHours'];
  readonly words: SiteWords;
}) {
  return (
    <section aria-labelledby="quiet">
      <h2 id="quiet">{words.quiet}</h2>
      {quietHours === null ? (
        <p className="quiet">{words.quietUnknown}</p>
      ) : quietHours.length === 0 ? (
        <p>{words.quietNone}</p>
      ) : (
        <>
          <p>{words.quietLead}</p>
          <ul className="chips">
            {quietHours.map((starts) => (
              <li key={starts}>{starts}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface ComfortProps {
  readonly centre: CentrePage;
  readonly words: SiteWords;
  readonly language: Language;
}

function Comfort({ centre: { accessibility, amenities }, words, language }: ComfortProps) {
  return (
    <>
      {accessibility.length > 0 && (
        <>
          <h2>{words.accessibility}</h2>
          <ul>
            {accessibility.map(({ need, level }) => (
              <li key={need}>
                {words.needs[need] ?? need}: {words.levels[level] ?? level}
              </li>
            ))}
          </ul>
        </>
      )}
      {amenities.length > 0 && (
        <>
          <h2>{words.amenities}</h2>
          <ul>
            {amenities.map(({ name, brokenSince }) => (
              <li key={name.ru}>
                {name[language]}
                {brokenSince !== null && ` — ${words.brokenSince(brokenSince)}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function officeData(
  { centreId, name, address, phone, position, week }: CentrePage,
  language: Language,
  origin: string,
): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'GovernmentOffice',
    '@id': `${origin}/centres/${centreId}`,
    name: name[language],
    ...(address !== '' && { address }),
    ...(phone !== '' && { telephone: phone }),
    ...(position !== null && { geo: { '@type': 'GeoCoordinates', ...position } }),
    specialOpeningHoursSpecification: week.map(({ day, hours }) => {
      const [opens, closes] = hours?.split('–') ?? ['00:00', '00:00'];
      return { '@type': 'OpeningHoursSpecification', validFrom: day, validThrough: day, opens, closes };
    }),
  };
}
