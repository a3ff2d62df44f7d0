import type { PromiseFigures, PromiseReply, Waits } from '../../contract/promise.ts';
import { dayInDigits } from '../../core/time/day-in-digits.ts';
import { dayInWords } from '../../core/time/day-in-words.ts';
import { onClock } from '../shared/spans.ts';
import { type PromiseWords, promiseWords } from './messages/promise.ts';
import type { Language } from './page.tsx';
import { localeOf } from '../shared/locale.ts';

interface PromiseMainProps {
  readonly language: Language;
  readonly figures: PromiseReply;
  readonly days: readonly { readonly day: string; readonly waits: Waits }[];
  readonly centreId: number | null;
  readonly timeZone: string;
}

/** The figures of one centre or of all, then the list of all, then day by day. */
export function PromiseMain({ language, figures, days, centreId, timeZone }: PromiseMainProps) {
  const words = promiseWords[language];
  const centre = figures.centres.find((one) => one.centreId === centreId);
  const time = new Intl.DateTimeFormat(localeOf(language), { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    figures.at,
  );
  return (
    <main id="promise">
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <form method="get" action="/promise" className="choose">
        <input type="hidden" name="lang" value={language} />
        {centreId !== null && <input type="hidden" name="centre" value={centreId} />}
        <label>
          {words.day} <input type="date" name="day" defaultValue={figures.day} />
        </label>
        <button type="submit">{words.show}</button>
      </form>
      <h2>
        {centre?.name[language] ?? words.network}, {dayInWords(figures.day, language)}
      </h2>
      <p className="quiet">{words.updated(time)}</p>
      <FigureTiles language={language} figures={centre ?? figures.network} reply={figures} />
      <CentreTable language={language} figures={figures} words={words} />
      {days.length > 0 && <DayTable days={days} language={language} words={words} />}
      <h2>{words.data}</h2>
      <p>
        <a href={`/api/promise?day=${figures.day}`}>JSON</a> · <a href={`/promise.csv?day=${figures.day}`}>CSV</a> ·{' '}
        <a href="/seals">{words.seals}</a> · <a href="/seals.xml">RSS</a>
      </p>
    </main>
  );
}

interface FigureTilesProps {
  readonly language: Language;
  readonly figures: PromiseFigures;
  readonly reply: PromiseReply;
}

function FigureTiles({ language, figures: { waits, satisfied, drinks }, reply }: FigureTilesProps) {
  const words = promiseWords[language];
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const allowed = waits.n * reply.budgetShare;
  const kept = waits.over <= allowed;
  const time = (ms: number | null) => (ms === null ? words.noData : onClock(ms));
  const rubles = number.format(drinks.costKopecks / 100);
  return (
    <>
      {waits.n > 0 && <p className={kept ? 'done' : 'problem'}>{kept ? words.kept : words.broken}</p>}
      <dl className="figures">
        <Figure name={words.mean} value={time(waits.meanMs)} />
        <Figure name={words.half} value={time(waits.p50Ms)} />
        <Figure name={words.ninety} value={time(waits.p90Ms)} />
        <Figure name={words.ninetyNine} value={time(waits.p99Ms)} />
        <Figure
          name={words.over}
          value={waits.n === 0 ? words.noData : words.overOf(number.format(waits.over), number.format(waits.n))}
          more={[words.budget(number.format(Math.floor(allowed)))]}
        />
        <Figure
          name={words.satisfied}
          value={satisfied.share === null ? words.noData : percent.format(satisfied.share)}
          more={[
            words.ratings(number.format(satisfied.n)),
            satisfied.low === null || satisfied.high === null
              ? words.fewRatings
              : words.interval(percent.format(satisfied.low), percent.format(satisfied.high)),
            words.goal(percent.format(reply.goalSatisfied)),
          ]}
        />
        <Figure
          name={words.drinks}
          value={words.drinksOf(number.format(drinks.redeemed), number.format(drinks.vouchers))}
          more={[words.cost(rubles)]}
        />
      </dl>
    </>
  );
}

const NOTHING_MORE: readonly string[] = [];

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly more?: readonly string[];
}

function Figure({ name, value, more = NOTHING_MORE }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        {more.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </dd>
    </div>
  );
}

interface TableProps {
  readonly language: Language;
  readonly words: PromiseWords;
}

function CentreTable({ language, figures, words }: TableProps & { readonly figures: PromiseReply }) {
  const known = figures.centres.filter(({ waits }) => waits.n > 0);
  return (
    <section>
      <h2 id="centres">
        {words.centres}: {known.length}
      </h2>
      <div className="scrolled" tabIndex={0} role="region" aria-labelledby="centres">
        <table>
          <thead>
            <WaitHead first={words.centre} words={words} />
          </thead>
          <tbody>
            {known.map(({ centreId, name, waits }) => (
              <WaitRow
                key={centreId}
                first={<a href={`/promise?centre=${centreId}&day=${figures.day}&lang=${language}`}>{name[language]}</a>}
                waits={waits}
                words={words}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function DayTable({ days, language, words }: TableProps & Pick<PromiseMainProps, 'days'>) {
  return (
    <section>
      <h2 id="days">{words.days}</h2>
      <div className="scrolled" tabIndex={0} role="region" aria-labelledby="days">
        <table>
          <thead>
            <WaitHead first={words.dayColumn} words={words} />
          </thead>
          <tbody>
            {days.map(({ day, waits }) => (
              <WaitRow
                key={day}
                first={<a href={`/promise?day=${day}&lang=${language}`}>{dayInDigits(day)}</a>}
                waits={waits}
                words={words}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function WaitHead({ first, words }: { readonly first: string; readonly words: PromiseWords }) {
  return (
    <tr>
      <th scope="col">{first}</th>
      <th scope="col">{words.visits}</th>
      <th scope="col">
        {words.mean}, {words.minutes}
      </th>
      <th scope="col">50 %</th>
      <th scope="col">90 %</th>
      <th scope="col">99 %</th>
      <th scope="col">{words.over}</th>
    </tr>
  );
}

interface WaitRowProps {
  readonly first: React.ReactNode;
  readonly waits: Waits;
  readonly words: PromiseWords;
}

function WaitRow({ first, waits: { n, meanMs, p50Ms, p90Ms, p99Ms, over }, words }: WaitRowProps) {
  const time = (ms: number | null) => (ms === null ? words.noData : onClock(ms));
  return (
    <tr>
      <th scope="row">{first}</th>
      <td>{n}</td>
      <td>{time(meanMs)}</td>
      <td>{time(p50Ms)}</td>
      <td>{time(p90Ms)}</td>
      <td>{time(p99Ms)}</td>
      <td>{over}</td>
    </tr>
  );
}
