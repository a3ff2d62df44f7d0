import { useId } from 'react';

/** A line, or bars, over the same places. Null: nothing is known there. */
export interface Series {
  readonly name: string;
  readonly kind: 'bars' | 'line' | 'steps';
  readonly values: readonly (number | null)[];
}

interface ChartProps {
  readonly title: string;
  /** The label under each place; empty where there is none. */
  readonly places: readonly string[];
  readonly series: readonly Series[];
  readonly unit: string;
}

const WIDTH = 640;
const HEIGHT = 220;
const EDGE = { left: 44, right: 8, top: 12, bottom: 28 };
const INNER = { width: WIDTH - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };

/** A drawing of figures. A table next to it says the same: the drawing is for those who see it. */
export function Chart({ title, places, series, unit }: ChartProps) {
  const id = useId();
  const most = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const top = niceTop(most);
  const step = INNER.width / Math.max(1, places.length);
  const y = (value: number) => EDGE.top + INNER.height * (1 - value / top);
  const every = Math.ceil(places.length / 10);
  return (
    <figure className="chart">
      <figcaption id={id}>
        {title}, {unit}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={id}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line className="grid" x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(top * share)} y2={y(top * share)} />
            <text className="axis end" x={EDGE.left - 6} y={y(top * share) + 5}>
              {round(top * share)}
            </text>
          </g>
        ))}
        {places.map((place, index) =>
          index % every === 0 ? (
            <text key={place} className="axis middle" x={EDGE.left + step * (index + 0.5)} y={HEIGHT - 8}>
              {place}
            </text>
          ) : null,
        )}
        {series.map(({ name, kind, values }, index) =>
          kind === 'bars' ? (
            values.map((value, place) =>
              value === null ? null : (
                <rect
                  key={`${name}-${places[place] ?? place}`}
                  className={`series-${index}`}
                  x={EDGE.left + step * place + step * 0.15}
                  width={step * 0.7}
                  y={y(value)}
                  height={y(0) - y(value)}
                />
              ),
            )
          ) : (
            <path key={name} className={`line series-${index}`} d={pathOf(values, kind, step, y)} />
          ),
        )}
      </svg>
      <ul className="legend">
        {series.map(({ name }, index) => (
          <li key={name}>
            <span className={`swatch series-${index}`} aria-hidden="true" /> {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function pathOf(
  values: readonly (number | null)[],
  kind: 'line' | 'steps',
  step: number,
  y: (value: number) => number,
): string {
  let path = '';
  let drawing = false;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      drawing = false;
      continue;
    }
    const from = EDGE.left + step * (kind === 'steps' ? index : index + 0.5);
    path += `${drawing ? 'L' : 'M'}${from.toFixed(1)} ${y(value).toFixed(1)}`;
    if (kind === 'steps') path += `H${(from + step).toFixed(1)}`;
    drawing = true;
  }
  return path;
}

/** The next round number that is not less. */
function niceTop(most: number): number {
  const size = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((factor) => factor * size).find((value) => value >= most) ?? most;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
