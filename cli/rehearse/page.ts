import type { RehearsalCity } from '../../core/rehearsal/frozen-city.ts';
import { type PolicyReport, STANDARD } from '../../core/rehearsal/report.ts';
import { COLUMNS } from '../../demo/simulation/table.ts';

interface Played {
  readonly seeds: readonly number[];
  readonly days: number;
}

const WIDTH = 720;
const ROW = 30;
const LABEL = 300;

/** A self-contained page: the table and three charts, without any script. */
export function reportPage(city: RehearsalCity, reports: readonly PolicyReport[], { seeds, days }: Played): string {
  const head = COLUMNS.map(([name]) => `<th scope="col">${escaped(name)}</th>`).join('');
  const rows = reports
    .map((report) => `<tr>${COLUMNS.map(([, of]) => `<td>${escaped(of(report))}</td>`).join('')}</tr>`)
    .join('\n');
  const most = Math.max(...reports.map(({ hoursAnyway }) => hoursAnyway.high), 1.1);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Okno: rehearsal of ${escaped(city.name)}</title>
<meta name="viewport" content="width=device-width"><style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:90rem;padding:0 1rem;color:#1b1b1f;background:#fff}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.85rem}
th,td{padding:.3rem .6rem;border-bottom:1px solid #ccc;text-align:left;white-space:nowrap}
.scroll{overflow-x:auto}svg{max-width:100%;height:auto}text{font:14px system-ui,sans-serif;fill:#1b1b1f}
.bar{fill:#3558b8}.fails{fill:#a33d2f}
.line{stroke:#1b1b1f;stroke-width:2}.limit{stroke:#a33d2f;stroke-width:2;stroke-dasharray:6 4}
@media(prefers-color-scheme:dark){body{color:#eee;background:#16181d}text{fill:#eee}.bar{fill:#8fa8f0}.fails{fill:#f09a8c}.line{stroke:#eee}.limit{stroke:#f09a8c}}
</style></head><body>
<h1>Rehearsal of ${escaped(city.name)}</h1>
<p>Seeds ${seeds.join(', ')}, ${days} days each, ${city.sites.length} centres; the same visitors under every policy, each day played
through the rules of the hall itself. A policy that misses a limit fails. Lines at the ends of bars: 95 % bounds of the mean.</p>
<div class="scroll" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>
${chart(
  'Paid window hours over the bare work, less 1',
  reports,
  ({ hoursAnyway: { value, low, high } }) => [value - 1, low - 1, high - 1],
  most - 1,
  null,
  (value) => `${(100 * value).toFixed(1)} %`,
)}
${chart(
  'Mean wait, minutes',
  reports,
  ({ meanWaitMinutes: { value, low, high } }) => [value, low, high],
  5,
  STANDARD.meanWaitMinutes,
  (value) => value.toFixed(2),
)}
${chart(
  'Visitors who waited more than 15 minutes, in 100,000',
  reports,
  ({ over15: { value, low, high } }) => [1e5 * value, 1e5 * low, 1e5 * high],
  100,
  1e5 * STANDARD.over15,
  (value) => value.toFixed(0),
)}
</body></html>
`;
}

/** Bars with their spread, and the limit as a line. What is longer than the chart ends at its edge. */
function chart(
  title: string,
  reports: readonly PolicyReport[],
  of: (report: PolicyReport) => readonly [value: number, low: number, high: number],
  most: number,
  limit: number | null,
  inWords: (value: number) => string,
): string {
  const scale = (WIDTH - LABEL - 70) / most;
  const at = (value: number) => LABEL + scale * Math.min(Math.max(value, 0), most);
  const bars = reports.map((report, index) => {
    const [value, low, high] = of(report);
    const y = index * ROW;
    return `<text x="0" y="${y + 20}">${escaped(report.name.en)}</text>
<rect class="${report.hours === null ? 'fails' : 'bar'}" x="${LABEL}" y="${y + 6}" width="${(at(value) - LABEL).toFixed(1)}" height="${ROW - 12}"/>
<line class="line" x1="${at(low).toFixed(1)}" x2="${at(high).toFixed(1)}" y1="${y + ROW / 2}" y2="${y + ROW / 2}"/>
<text x="${(Math.max(at(value), at(high)) + 6).toFixed(1)}" y="${y + 20}">${inWords(value)}</text>`;
  });
  const height = reports.length * ROW;
  const line = limit === null ? '' : `<line class="limit" x1="${at(limit)}" x2="${at(limit)}" y1="0" y2="${height}"/>`;
  return `<h2>${escaped(title)}</h2>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">${bars.join('\n')}${line}</svg>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
