import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import type { Right } from '../../core/access/roles.ts';
import type { SessionReply } from '../../contract/people.ts';
import { Link, usePath, useRoute } from '../shared/address.ts';
import { useClock } from '../shared/clock.tsx';
import { ErrorBoundary } from '../shared/error-boundary.tsx';
import { LanguageButtons, useMessages } from '../shared/language.tsx';
import { OFFICE_ROUTE, paths } from '../shared/paths.ts';
import { thisPage } from '../shared/place.ts';
import { QueryState, useQuery } from '../shared/query.ts';
import { Skeleton } from '../shared/skeleton.tsx';
import { messages } from './messages/index.ts';
import { AccountPage } from './pages/account-page.tsx';
import { ApplicationsPage } from './pages/applications-page.tsx';
import { CataloguePage } from './pages/catalogue-page.tsx';
import { CentrePage } from './pages/centre-page.tsx';
import { DevicesPage } from './pages/devices-page.tsx';
import { HistoryPage } from './pages/history-page.tsx';
import { LooksPage } from './pages/looks-page.tsx';
import { NetworkPage } from './pages/network-page.tsx';
import { PilotsPage } from './pages/pilots-page.tsx';
import { RolesPage } from './pages/roles-page.tsx';
import { ServicePage } from './pages/service-page.tsx';
import { PackagePage } from './pages/package-page.tsx';
import { PackagesPage } from './pages/packages-page.tsx';
import { StaffPage } from './pages/staff-page.tsx';
import { AsksAboutBookings } from './save-offer.tsx';

/** The words of every action are many: they are loaded with the page that shows them. */
const AuditPage = lazy(async () => ({ default: (await import('./pages/audit-page.tsx')).AuditPage }));

/** The pages of the office: for whom each is, and what it shows, of one thing where the address names one. */
const PAGES: readonly {
  readonly name: keyof (typeof messages)['ru']['pages'];
  readonly right: Right | readonly Right[] | null;
  readonly show: (id: string | null, session: SessionReply | null) => ReactNode;
}[] = [
  {
    name: 'network',
    right: 'change-network',
    show: (id) => (id === null ? <NetworkPage /> : <CentrePage centreId={Number(id)} />),
  },
  {
    name: 'catalogue',
    right: 'write-catalogue',
    show: (id) => (id === null ? <CataloguePage /> : <ServicePage serviceId={id} />),
  },
  {
    name: 'packages',
    right: 'write-catalogue',
    show: (id) => (id === null ? <PackagesPage /> : <PackagePage templateId={id} />),
  },
  { name: 'staff', right: 'manage-staff', show: () => <StaffPage /> },
  { name: 'roles', right: 'grant-roles', show: (id) => <RolesPage key={id} roleId={id} /> },
  { name: 'devices', right: 'manage-devices', show: () => <DevicesPage /> },
  { name: 'pilots', right: 'publish-catalogue', show: () => <PilotsPage /> },
  { name: 'history', right: 'change-network', show: () => <HistoryPage /> },
  { name: 'applications', right: 'see-figures', show: () => <ApplicationsPage /> },
  {
    name: 'looks',
    right: ['read-audit', 'run-hall'],
    show: (_id, session) => <LooksPage grants={session?.grants ?? null} />,
  },
  { name: 'audit', right: 'read-audit', show: () => <AuditPage /> },
  { name: 'account', right: null, show: () => <AccountPage /> },
];

/** Where administrators, methodologists and heads do their work: the pages for which they have a right. */
export function OfficeScreen() {
  const words = useMessages(messages);
  const { kind } = useClock();
  const asked = useQuery('GET /api/session', {});
  const [, address] = useRoute(OFFICE_ROUTE);
  const { page, id = null } = { ...address };
  const session = asked.data;
  // Nobody is signed in at this browser.
  const isSignedOut = session === null && !asked.pending && asked.error === null;
  // A demo on one's own machine has no doors.
  const open = isSignedOut && kind !== null && kind !== 'real';
  const shut = isSignedOut && kind === 'real';
  const rights = new Set(session?.grants.flatMap((grant) => grant.rights));
  const has = (right: (typeof PAGES)[number]['right']) =>
    right === null ? session !== null : [right].flat().some((one) => rights.has(one));
  const pages = PAGES.filter(({ right }) => open || has(right));
  const current = pages.find(({ name }) => name === page) ?? pages[0];
  const main = useArrival(current === undefined ? words.title : words.pages[current.name]);
  return (
    <main ref={main} tabIndex={-1}>
      <header>
        <h1>{words.title}</h1>
        <p>{session?.name}</p>
        <LanguageButtons />
      </header>
      {shut ? (
        <p>
          {words.needSignIn} <a href={paths.signIn(thisPage())}>{words.signIn}</a>
        </p>
      ) : (
        <nav aria-label={words.title}>
          {pages.map(({ name }) => (
            <Link key={name} href={paths.officePage(name)} aria-current={name === current?.name ? 'page' : undefined}>
              {words.pages[name]}
            </Link>
          ))}
        </nav>
      )}
      <QueryState of={asked} />
      {isSignedOut && kind === null && <Skeleton />}
      {(session !== null || open) && (
        <ErrorBoundary key={`${current?.name}/${id}`}>
          <AsksAboutBookings>
            <Suspense fallback={<Skeleton />}>
              {current === undefined ? (
                <p>{words.noPages}</p>
              ) : (
                current.show(current.name === page ? id : null, session)
              )}
            </Suspense>
          </AsksAboutBookings>
        </ErrorBoundary>
      )}
    </main>
  );
}

/** After the first page: a person who goes to another hears and sees where they are, as after a page that was loaded. */
function useArrival(title: string) {
  const main = useRef<HTMLElement>(null);
  const path = usePath();
  const before = useRef(path);
  useEffect(() => {
    document.title = `${title} — Окно`;
  }, [title]);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}
