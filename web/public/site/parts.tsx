import type { CentreCard, ServiceCard } from '../../../contract/site.ts';
import type { SiteWords } from '../messages/site.ts';
import type { Language } from '../page.tsx';
import { localeOf } from '../../shared/locale.ts';

interface Words {
  readonly ru: string;
  readonly en: string;
}

/** A list of services, each a link. */
export function ServiceList({
  services,
  language,
}: {
  readonly services: readonly ServiceCard[];
  readonly language: Language;
}) {
  return (
    <ul className="links">
      {services.map(({ serviceId, name }) => (
        <li key={serviceId}>
          <a href={`/services/${serviceId}`}>{name[language]}</a>
        </li>
      ))}
    </ul>
  );
}

/** How long one waits in a centre now, or that it is closed; with the way where that is known. */
export function stateOf({ isOpen, hours, waitMinutes, wayMinutes }: CentreCard, words: SiteWords): string {
  if (!isOpen) return hours === null ? words.closedToday : words.closedNow;
  if (wayMinutes !== null) return words.wayAndWait(wayMinutes, waitMinutes?.[0] ?? null);
  return waitMinutes === null ? (hours ?? '') : words.waitNow(...waitMinutes);
}

/** «Центр госуслуг района Хамовники» in a list of centres is Хамовники. */
export function shortName(name: Words, language: Language): string {
  return name[language].replace(/^Центр госуслуг района /, '').replace(/ district service centre$/, '');
}

interface CentreLinksProps {
  readonly centres: readonly CentreCard[];
  readonly look: 'links' | 'columns';
  readonly words: SiteWords;
  readonly language: Language;
}

/** Centres, each with how long one waits there now. */
export function CentreLinks({ centres, look, words, language }: CentreLinksProps) {
  return (
    <ul className={look}>
      {centres.map((centre) => (
        <li key={centre.centreId}>
          <a href={`/centres/${centre.centreId}`}>{shortName(centre.name, language)}</a>{' '}
          <span className="quiet">{stateOf(centre, words)}</span>
        </li>
      ))}
    </ul>
  );
}

interface ContactFieldProps {
  readonly words: SiteWords;
  readonly value: string;
  /** The ids of what describes it; undefined: nothing does. */
  readonly describedBy: string | undefined;
  readonly isWrong: boolean;
}

/** A telephone or an e-mail. */
export function ContactField({ words, value, describedBy, isWrong }: ContactFieldProps) {
  return (
    <>
      <label htmlFor="contact">{words.contactLabel}</label>
      <input
        id="contact"
        name="contact"
        autoComplete="email"
        defaultValue={value}
        maxLength={254}
        aria-describedby={describedBy}
        aria-invalid={isWrong ? true : undefined}
      />
    </>
  );
}

/** What went wrong with a form, where the eye and the screen reader begin. */
export function FormProblem({ problem, field }: { readonly problem: string | null; readonly field: string }) {
  if (problem === null) return null;
  return (
    <div role="alert" className="problem" id="problem">
      <a href={`#${field}`}>{problem}</a>
    </div>
  );
}

/** A day as people say it: чт, 19 февраля. */
export function dayInWords(day: string, language: Language): string {
  const shown = { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'long' } as const;
  return new Intl.DateTimeFormat(localeOf(language), shown).format(Date.parse(day));
}

/** The day and time of a wall clock somewhere. */
export function timeInWords(at: number, timeZone: string, language: Language): string {
  const shown = {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  return new Intl.DateTimeFormat(localeOf(language), shown).format(at);
}

/** What machines read of a page (schema.org, CPSV-AP); no script: nothing in it is run. */
export function LinkedData({ data }: { readonly data: object }) {
  const text = JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: text }} />;
}
