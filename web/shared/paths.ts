type Part = string | number;
type Parameters = Readonly<Record<string, Part | null>>;

/** A path whose parts may hold any character: at`/office/staff/${id}`. */
const at = (texts: TemplateStringsArray, ...parts: readonly Part[]) =>
  texts.map((text, place) => text + (place < parts.length ? encodeURIComponent(String(parts[place])) : '')).join('');

/** A path with its search parameters; those that are null are left out. */
export function withParameters(path: string, parameters: Parameters): string {
  const given = Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

/** The visit for which applications are opened at a window. */
interface Visit {
  readonly day: string;
  readonly visit: string;
  readonly window: number;
}

/** Every address to which screens link: of screens, of pages that the server draws, and of files. Each is written here and nowhere else. */
export const paths = {
  site: () => '/',
  start: () => '/start',
  promise: () => '/promise',
  kiosk: (centreId: number) => at`/kiosk/${centreId}`,
  board: (centreId: number) => at`/board/${centreId}`,
  window: (centreId: number, windowId: number) => at`/window/${centreId}/${windowId}`,
  hall: (centreId: number) => at`/hall/${centreId}`,
  bar: (centreId: number) => at`/bar/${centreId}`,
  rate: (centreId: number, windowId: number) => at`/rate/${centreId}/${windowId}`,
  cases: (centreId: number) => at`/cases/${centreId}`,
  casesOfVisit: (centreId: number, visit: Visit) => withParameters(at`/cases/${centreId}`, { ...visit }),
  agency: (agencyId: string) => at`/agency/${agencyId}`,
  network: () => '/network',
  planning: (centreId: number) => at`/planning/${centreId}`,
  planningWeek: (centreId: number) => at`/planning/${centreId}/week`,
  /** `from`: where the person goes on after signing in. */
  signIn: (from?: string) => withParameters('/sign-in', { to: from ?? null }),
  pair: () => '/pair',
  office: () => '/office',
  officePage: (page: string) => at`/office/${page}`,
  officeItem: (page: string, id: Part) => at`/office/${page}/${id}`,
  design: () => '/_design',
  /** The city's own server, where staff sign in. */
  cityServer: (from: string | null) => withParameters('/api/session/oidc', { to: from }),
  file: (fileId: string) => at`/api/files/${fileId}`,
  medium: (mediumId: Part) => at`/media/${mediumId}`,
  receipt: (applicationId: string, lang: string) =>
    withParameters(at`/api/applications/${applicationId}/receipt`, { lang }),
  document: (applicationId: string, code: string, lang: string) =>
    withParameters(at`/api/applications/${applicationId}/documents/${code}`, { lang }),
} as const;

/** How an address of the office is read: its page, and the one thing that the page shows. */
export const OFFICE_ROUTE = '/office/:page?/:id?';
