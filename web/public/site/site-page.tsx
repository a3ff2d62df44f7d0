import type { ReactNode } from 'react';
import type { SitePage } from '../../../contract/site.ts';
import { type SiteWords, siteWords } from '../messages/site.ts';
import { drawPage, type Files, type Language } from '../page.tsx';
import { ApplicationFind, ApplicationMain } from './application-mains.tsx';
import { Booked, Check, Contact, When, Where } from './booking-mains.tsx';
import { CentreMain, CentresMain } from './centre-mains.tsx';
import { CoSign, CoSignFind, HomeForm, HomeKept } from './home-mains.tsx';
import { BookingMain, Cabinet, Cancel, Find, LoginTrouble } from './own-booking-mains.tsx';
import { DemoPost, Home, NewsMain, Service, Services, SituationMain, Situations, Trouble } from './city-mains.tsx';

/** The frame of a page of the site, apart from its contents. */
export interface SiteLook {
  readonly language: Language;
  readonly files: Files;
  /** True over a clock that is not real. */
  readonly ribbon: boolean;
  readonly isLarge: boolean;
  /** The path and query of this page, and its site. */
  readonly address: string;
  readonly origin: string;
  /** True where visitors can sign in. */
  readonly hasLogin: boolean;
}

/** A page of the public site: its frame, and in it what is asked for. */
export function sitePage(
  page: SitePage,
  { language, files, ribbon, isLarge, address, origin, hasLogin }: SiteLook,
): string {
  const words = siteWords[language];
  const { title, main } = mainOf(page, words, language, origin);
  return drawPage({
    language,
    title,
    files,
    ribbon: ribbon ? words.ribbon : null,
    words,
    isLarge,
    addressIn: (one) => withQuery(address, 'lang', one),
    largeAddress: withQuery(address, 'size', isLarge ? 'usual' : 'large'),
    largeWord: isLarge ? words.usualPrint : words.largeWithoutScript,
    menu: <Menu words={words} address={address} hasLogin={hasLogin} />,
    footer: (
      <p className="quiet">
        {words.footer} · <a href="/sign-in">{words.forStaff}</a>
      </p>
    ),
    children: main,
  });
}

function mainOf(
  page: SitePage,
  words: SiteWords,
  language: Language,
  origin: string,
): { readonly title: string; readonly main: ReactNode } {
  const more = { words, language, origin };
  switch (page.page) {
    case 'home':
      return { title: words.home, main: <Home shown={page} {...more} /> };
    case 'services':
      return { title: words.services, main: <Services shown={page} {...more} /> };
    case 'service':
      return { title: page.card.name[language], main: <Service shown={page} {...more} /> };
    case 'situations':
      return { title: words.situations, main: <Situations shown={page} {...more} /> };
    case 'situation':
      return { title: page.situation.name[language], main: <SituationMain shown={page} {...more} /> };
    case 'centres':
      return { title: words.centres, main: <CentresMain shown={page} {...more} /> };
    case 'centre':
      return { title: page.centre.name[language], main: <CentreMain shown={page} {...more} /> };
    case 'where':
      return { title: words.whereTitle, main: <Where shown={page} {...more} /> };
    case 'when':
      return { title: words.whenTitle, main: <When shown={page} {...more} /> };
    case 'contact':
      return { title: words.contactTitle, main: <Contact shown={page} {...more} /> };
    case 'check':
      return { title: words.checkTitle, main: <Check shown={page} {...more} /> };
    case 'booked':
      return { title: words.bookedTitle, main: <Booked shown={page} {...more} /> };
    case 'application-find':
      return { title: words.applicationTitle, main: <ApplicationFind shown={page} {...more} /> };
    case 'application':
      return { title: words.applicationTitle, main: <ApplicationMain shown={page} {...more} /> };
    case 'home-form':
      return { title: page.card.name[language], main: <HomeForm shown={page} {...more} /> };
    case 'home-kept':
      return { title: words.homeKeptTitle, main: <HomeKept shown={page} {...more} /> };
    case 'co-sign-find':
      return { title: words.coSignTitle, main: <CoSignFind shown={page} {...more} /> };
    case 'co-sign':
      return { title: words.coSignTitle, main: <CoSign shown={page} {...more} /> };
    case 'find':
      return { title: words.findTitle, main: <Find shown={page} {...more} /> };
    case 'booking':
      return { title: words.findTitle, main: <BookingMain shown={page} {...more} /> };
    case 'cabinet':
      return { title: words.cabinet, main: <Cabinet shown={page} {...more} /> };
    case 'cancel':
      return { title: words.cancelTitle, main: <Cancel shown={page} {...more} /> };
    case 'news':
      return { title: words.news, main: <NewsMain shown={page} {...more} /> };
    case 'post':
      return { title: words.demoPost, main: <DemoPost shown={page} {...more} /> };
    case 'login-trouble':
      return { title: words.loginTroubleTitle, main: <LoginTrouble shown={page} {...more} /> };
    case 'trouble':
      return { title: words.troubleTitle, main: <Trouble shown={page} {...more} /> };
  }
}

interface MenuProps {
  readonly words: SiteWords;
  readonly address: string;
  readonly hasLogin: boolean;
}

function Menu({ words, address, hasLogin }: MenuProps) {
  const places = [
    ['/services', words.services],
    ['/situations', words.situations],
    ['/centres', words.centres],
    ['/my-booking', words.myBooking],
    ['/application', words.myApplication],
    ['/promise', words.promise],
    ['/news', words.news],
    ...(hasLogin ? [['/cabinet', words.cabinet] as const] : []),
  ] as const;
  return (
    <nav aria-label={words.menu} className="menu">
      <ul>
        {places.map(([to, name]) => (
          <li key={to}>
            <a href={to} aria-current={address.startsWith(to) ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** An address of this site with one more choice in it. */
function withQuery(address: string, name: string, value: string): string {
  const url = new URL(address, 'http://site');
  url.searchParams.set(name, value);
  return url.pathname + url.search;
}
