import type { Outlook } from '../../contract/planning.ts';
import { Chart } from '../shared/chart.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { timeOf } from './days.ts';
import { messages } from './messages/index.ts';

interface OutlookProps {
  readonly outlook: Outlook;
}

/** Why a day is expected to be what it is, factor by factor. */
export function Reasons({ outlook }: OutlookProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: 0,
  });
  const { level, weekday, season, trend, special } = outlook.reasons;
  const factors = Object.entries({ weekday, season, trend, special }) as [keyof typeof words.factors, number][];
  return (
    <details className="reasons">
      <summary>{words.why}</summary>
      <p>{words.whyText(whole.format(outlook.visitors), outlook.historyDays)}</p>
      <ul>
        <li>
          {words.factors.level}: {whole.format(level)}
        </li>
        {factors.map(([name, factor]) => (
          <li key={name}>
            {words.factors[name]}: {percent.format(factor - 1)}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Need against plan, and the visitors with how far they may differ; each drawing with its table. */
export function OutlookCharts({ outlook, plan }: OutlookProps & { readonly plan: readonly number[] }) {
  const words = useMessages(messages);
  const { halfHours } = outlook;
  const places = halfHours.map(({ startsMinute }) => timeOf(startsMinute));
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return (
    <>
      <div className="charts">
        <Chart
          title={words.windowsChart}
          unit={words.windows}
          places={places}
          series={[
            { name: words.need, kind: 'bars', values: halfHours.map(({ need }) => need) },
            { name: words.load, kind: 'line', values: halfHours.map(({ load }) => load) },
            { name: words.planned, kind: 'steps', values: plan },
          ]}
        />
        <Chart
          title={words.visitorsChart}
          unit={words.visitors}
          places={places}
          series={[
            { name: words.mean, kind: 'bars', values: halfHours.map(({ mean }) => mean) },
            { name: words.low, kind: 'line', values: halfHours.map(({ low }) => low) },
            { name: words.high, kind: 'line', values: halfHours.map(({ high }) => high) },
          ]}
        />
      </div>
      <details>
        <summary>{words.table}</summary>
        <DataTable
          name={words.table}
          rows={halfHours.map((half, index) => ({ ...half, plan: plan[index] ?? 0 }))}
          keyOf={({ startsMinute }) => String(startsMinute)}
          columns={[
            { label: words.time, value: ({ startsMinute }) => timeOf(startsMinute) },
            { label: words.fromTo, value: ({ mean }) => tenth(mean) },
            { label: words.low, value: ({ low }) => tenth(low) },
            { label: words.high, value: ({ high }) => tenth(high) },
            { label: words.load, value: ({ load }) => tenth(load) },
            { label: words.need, value: ({ need }) => need },
            { label: words.planned, value: ({ plan: planned }) => planned },
          ]}
        />
      </details>
    </>
  );
}
