type Words = { readonly ru: string; readonly en: string };

/** What of a passport other catalogues of public services understand. */
export interface ListedPassport {
  readonly official: Words;
  readonly plain: Words;
  readonly agency: { readonly code: string; readonly name: Words } | null;
  readonly acts: readonly string[];
  readonly lifeSituations: readonly string[];
  readonly variants: readonly {
    readonly code: string;
    readonly name: Words;
    readonly evidence: readonly { readonly kind: string; readonly name: Words }[];
    readonly term: { readonly count: number; readonly unit: string } | null;
    readonly fees: readonly { readonly amount: number }[];
    readonly results: readonly { readonly name: Words; readonly positive: boolean }[];
  }[];
}

/** A service with its passport as it is written down. */
export interface ListedService<Passport extends ListedPassport> {
  readonly serviceId: string;
  readonly groupId: string;
  readonly passport: Passport;
}

/** The authority of services where nobody has named the city. */
export const SOME_CITY: Words = { ru: 'Город', en: 'City' };

/**
 * Every name says whose it is: no name of ours falls into a vocabulary of the European Union. What is ours goes along as JSON, whose
 * members are no terms at all.
 */
const CONTEXT = {
  '@version': 1.1,
  cv: 'http://data.europa.eu/m8g/',
  dct: 'http://purl.org/dc/terms/',
  cpsv: 'http://purl.org/vocab/cpsv#',
  eli: 'http://data.europa.eu/eli/ontology#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  okno: 'urn:okno:catalogue:',
  'okno:passport': { '@type': '@json' },
  'okno:terms': { '@type': '@json' },
} as const;

const ROUBLE = 'http://publications.europa.eu/resource/authority/currency/RUB';

const DURATION_LETTERS: Readonly<Record<string, string>> = { 'working-day': 'D', 'calendar-day': 'D', month: 'M' };
const KOPECKS = 100;

const said = ({ ru, en }: Words) => [
  { '@value': ru, '@language': 'ru' },
  { '@value': en, '@language': 'en' },
];

/**
 * The catalogue as JSON-LD in the words of CPSV-AP 3.2. A duration there knows no working days: the units are in `okno:terms`. The passport
 * goes along whole under `okno:passport`, so that nothing is lost on the way back. A service that no agency decides is the city's.
 */
export function cpsvDocument<Passport extends ListedPassport>(
  services: readonly ListedService<Passport>[],
  city: Words,
): object {
  return { '@context': CONTEXT, '@graph': services.map((service) => cpsvService(service, city)) };
}

function cpsvService<Passport extends ListedPassport>(
  { serviceId, groupId, passport }: ListedService<Passport>,
  city: Words,
): object {
  const { official, plain, agency, acts, lifeSituations, variants } = passport;
  return {
    '@id': `okno:service/${serviceId}`,
    '@type': 'cpsv:PublicService',
    'dct:identifier': serviceId,
    'dct:title': said(official),
    'dct:description': said(plain),
    'cv:hasCompetentAuthority': {
      '@id': agency === null ? 'okno:city' : `okno:agency/${agency.code}`,
      '@type': 'cv:PublicOrganisation',
      'dct:title': said(agency === null ? city : agency.name),
      'skos:prefLabel': said(agency === null ? city : agency.name),
    },
    'cv:hasLegalResource': acts.map((title) => ({ '@type': 'eli:LegalResource', 'dct:title': title })),
    'cv:isGroupedBy': lifeSituations.map((code) => ({ '@id': `okno:situation/${code}`, '@type': 'cv:LifeEvent' })),
    'cpsv:hasInput': evidenceOf(variants).map(({ kind, name }) => ({
      '@id': `okno:evidence/${kind}`,
      '@type': 'cv:Evidence',
      'dct:title': said(name),
    })),
    'cpsv:produces': variants.flatMap(({ code, results }) =>
      results
        .filter(({ positive }) => positive)
        .map(({ name }) => ({ '@type': 'cv:Output', 'dct:identifier': code, 'dct:title': said(name) })),
    ),
    'cv:hasCost': variants.flatMap(({ code, fees }) =>
      fees.map(({ amount }) => ({
        '@type': 'cv:Cost',
        'dct:identifier': code,
        'cv:value': amount / KOPECKS,
        'cv:currency': { '@id': ROUBLE },
      })),
    ),
    'cv:processingTime': variants.flatMap(({ term }) =>
      term === null ? [] : [{ '@value': durationOf(term), '@type': 'xsd:duration' }],
    ),
    'okno:terms': Object.fromEntries(variants.map(({ code, term }) => [code, term])),
    'okno:group': groupId,
    'okno:passport': passport,
  };
}

function durationOf({ count, unit }: { readonly count: number; readonly unit: string }): string {
  if (unit === 'hour') return `PT${count}H`;
  return `P${count}${DURATION_LETTERS[unit] ?? 'D'}`;
}

/** The documents of all variants, each once. */
function evidenceOf(variants: ListedPassport['variants']): { readonly kind: string; readonly name: Words }[] {
  return [...new Map(variants.flatMap(({ evidence }) => evidence).map((one) => [one.kind, one])).values()];
}

/** The services of a JSON-LD document that was written here, with what stands for their passports; null for a document of others. */
export function cpsvServices(document: unknown): { serviceId: string; groupId: string; passport: unknown }[] | null {
  const graph = (document as { '@graph'?: unknown } | null)?.['@graph'];
  if (!Array.isArray(graph)) return null;
  const services = graph.map((node: Record<string, unknown>) => ({
    serviceId: node['dct:identifier'],
    groupId: node['okno:group'],
    passport: node['okno:passport'],
  }));
  const isOurs = services.every(
    ({ serviceId, groupId, passport }) =>
      typeof serviceId === 'string' && typeof groupId === 'string' && passport !== undefined,
  );
  return isOurs ? (services as { serviceId: string; groupId: string; passport: unknown }[]) : null;
}
