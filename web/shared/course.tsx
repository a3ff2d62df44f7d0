import type { Course, Percentiles } from '../../core/queue/course.ts';
import { dayInWords } from '../../core/time/day-in-words.ts';
import { Chart } from './chart.tsx';
import { type Column, DataTable } from './data-table.tsx';
import { useLanguage, useMessages } from './language.tsx';
import { courseMessages } from './messages/course.ts';
import { useAnswer } from './answers.ts';
import { wallTime } from './clock.tsx';

const ASK_EVERY_MS = 15_000;
const MINUTE = 60_000;

interface DayCourseProps {
  readonly centreId: number;
  readonly day: string;
  readonly timeZone: string;
  readonly name: string;
}

/** How a day went, drawn from its events, each drawing with its table. */
export function DayCourse({ centreId, day, timeZone, name }: DayCourseProps) {
  const words = useMessages(courseMessages);
  const { language } = useLanguage();
  const course = useAnswer('GET /api/centres/:centreId/days/:day/course', { params: { centreId, day } }, ASK_EVERY_MS);
  if (course === null) return <p role="status">{words.loading}</p>;
  const { parts } = course;
  const places = parts.map(({ from }) => wallTime(from, timeZone, language));
  const inMinutes = (values: readonly (number | null)[]) =>
    values.map((value) => (value === null ? null : Math.round(value / (MINUTE / 10)) / 10));
  return (
    <section className="course" aria-label={words.title(name, dayInWords(day, language))}>
      <h2>{words.title(name, dayInWords(day, language))}</h2>
      <Totals course={course} />
      <div className="charts">
        <Chart
          title={words.crowd}
          unit={words.visitors}
          places={places}
          series={[
            { name: words.arrivals, kind: 'bars', values: parts.map(({ arrivals }) => arrivals) },
            { name: words.waitingMax, kind: 'line', values: parts.map(({ waitingMax }) => waitingMax) },
            { name: words.windows, kind: 'steps', values: parts.map(({ windows }) => windows) },
          ]}
        />
        <Chart
          title={words.times}
          unit={words.minutes}
          places={places}
          series={[
            { name: words.wait, kind: 'line', values: inMinutes(parts.map(({ waitMs }) => waitMs)) },
            { name: words.walk, kind: 'line', values: inMinutes(parts.map(({ walkMs }) => walkMs)) },
            { name: words.service, kind: 'line', values: inMinutes(parts.map(({ serviceMs }) => serviceMs)) },
          ]}
        />
      </div>
      <CourseTable course={course} timeZone={timeZone} />
    </section>
  );
}

function Totals({ course }: { readonly course: Course }) {
  const words = useMessages(courseMessages);
  const spans: readonly (readonly [string, Percentiles])[] = [
    [words.wait, course.wait],
    [words.walk, course.walk],
    [words.service, course.service],
  ];
  return (
    <>
      <p>{words.totals(course)}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.minutes}</th>
            <th scope="col">{words.mean}</th>
            <th scope="col">50 %</th>
            <th scope="col">90 %</th>
            <th scope="col">99 %</th>
          </tr>
        </thead>
        <tbody>
          {spans.map(([name, { mean, p50, p90, p99 }]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {[mean, p50, p90, p99].map((value, index) => (
                <td key={['mean', 'p50', 'p90', 'p99'][index]}>{value === null ? '—' : (value / MINUTE).toFixed(1)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

type Part = Course['parts'][number];

function CourseTable({ course, timeZone }: { readonly course: Course; readonly timeZone: string }) {
  const words = useMessages(courseMessages);
  const { language } = useLanguage();
  const seconds = (ms: number | null) => (ms === null ? null : Math.round(ms / 1_000));
  const columns: Column<Part>[] = [
    { label: words.from, value: ({ from }) => wallTime(from, timeZone, language) },
    { label: words.arrivals, value: ({ arrivals }) => arrivals },
    { label: words.waitingMax, value: ({ waitingMax }) => waitingMax },
    { label: words.windows, value: ({ windows }) => windows },
    { label: words.calls, value: ({ calls }) => calls },
    { label: `${words.wait}, ${words.seconds}`, value: ({ waitMs }) => seconds(waitMs) },
    { label: `${words.walk}, ${words.seconds}`, value: ({ walkMs }) => seconds(walkMs) },
    { label: `${words.service}, ${words.seconds}`, value: ({ serviceMs }) => seconds(serviceMs) },
  ];
  return (
    <details>
      <summary>{words.table}</summary>
      <DataTable name={words.table} rows={course.parts} columns={columns} keyOf={({ from }) => String(from)} />
    </details>
  );
}
