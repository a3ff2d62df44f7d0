import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';
import { type MapShape, moscow } from './moscow.ts';
import type { Shown } from './shown.ts';

interface NetworkMapProps {
  readonly shown: readonly Shown[];
  readonly chosen: number | null;
  readonly choose: (centreId: number) => void;
}

const SIZE = 1_000;
const MARGIN = 24;

interface Box {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** Moscow's own box without its far corners: a city elsewhere is drawn by its points alone. */
const MOSCOW: Box = { west: 36.8, east: 38, south: 55.1, north: 56.05 };
const MINUTE = 60_000;

/** The centres where they stand, as large as their line, in the colour and the letter of their wait. */
export function NetworkMap({ shown, chosen, choose }: NetworkMapProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const placed = shown.filter(({ position }) => position !== null);
  if (placed.length === 0) return <p>{words.nowhere}</p>;
  const isMoscow =
    placed.filter(({ position }) => position !== null && isWithin(position, MOSCOW)).length > placed.length / 2;
  const box = isMoscow ? MOSCOW : boxOf(placed);
  const project = projection(box);
  const inside = placed.filter(({ position }) => position !== null && isWithin(position, box));
  return (
    <section className="network-map" aria-labelledby="map">
      <h2 id="map">{words.map}</h2>
      <svg viewBox={`0 0 ${SIZE} ${project.height}`} role="group" aria-labelledby="map">
        {isMoscow && (
          <g aria-hidden="true">
            {moscow.districts.map((shape) => (
              <Shape key={shape.name} shape={shape} kind="okrug" at={project.at} />
            ))}
            {moscow.metro.map((shape) => (
              <Shape key={shape.name} shape={shape} kind="metro" at={project.at} />
            ))}
          </g>
        )}
        {inside.map((centre) => {
          const { centreId, name, position, figures } = centre;
          if (position === null) return null;
          const [x, y] = project.at(position.longitude, position.latitude);
          const level = levelOf(figures?.meanWaitMs ?? null);
          const label = words.onMap(name[language], figures?.waiting ?? 0, minutesText(figures?.meanWaitMs ?? null));
          return (
            <g key={centreId} className={`centre level-${level}${centreId === chosen ? ' chosen' : ''}`}>
              <circle
                cx={x}
                cy={y}
                r={8 + Math.sqrt(figures?.waiting ?? 0) * 1.5}
                role="button"
                tabIndex={0}
                aria-label={label}
                aria-pressed={centreId === chosen}
                onClick={() => choose(centreId)}
                onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ' ? choose(centreId) : undefined)}
              />
              <text x={x} y={y + 4} aria-hidden="true">
                {level}
              </text>
            </g>
          );
        })}
      </svg>
      <ul className="legend">
        {words.levels.map((text, level) => (
          <li key={text}>
            <span className={`dot level-${level}`} aria-hidden="true">
              {level}
            </span>{' '}
            {text}
          </li>
        ))}
      </ul>
      {isMoscow && <p className="quiet">{moscow.source}</p>}
    </section>
  );
}

/** 0: no data; 1: up to 3 minutes; 2: up to 7; 3: up to 15; 4: more. */
function levelOf(ms: number | null): 0 | 1 | 2 | 3 | 4 {
  if (ms === null) return 0;
  if (ms <= 3 * MINUTE) return 1;
  if (ms <= 7 * MINUTE) return 2;
  return ms <= 15 * MINUTE ? 3 : 4;
}

function minutesText(ms: number | null): string {
  return ms === null ? '—' : String(Math.round(ms / MINUTE));
}

function isWithin(
  { latitude, longitude }: { latitude: number; longitude: number },
  { west, east, south, north }: Box,
): boolean {
  return longitude >= west && longitude <= east && latitude >= south && latitude <= north;
}

function boxOf(placed: readonly Shown[]): Box {
  const latitudes = placed.map(({ position }) => position?.latitude ?? 0);
  const longitudes = placed.map(({ position }) => position?.longitude ?? 0);
  const pad = 0.02;
  return {
    west: Math.min(...longitudes) - pad,
    east: Math.max(...longitudes) + pad,
    south: Math.min(...latitudes) - pad,
    north: Math.max(...latitudes) + pad,
  };
}

/** A flat map of a small piece of the earth: east and west shrink with the latitude. */
function projection({ west, east, south, north }: Box) {
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (SIZE - 2 * MARGIN) / Math.max(0.01, (east - west) * shrink);
  return {
    height: Math.round((north - south) * scale + 2 * MARGIN),
    at: (longitude: number, latitude: number): readonly [number, number] => [
      Math.round((longitude - west) * shrink * scale + MARGIN),
      Math.round((north - latitude) * scale + MARGIN),
    ],
  };
}

interface ShapeProps {
  readonly shape: MapShape;
  readonly kind: 'okrug' | 'metro';
  readonly at: (longitude: number, latitude: number) => readonly [number, number];
}

function Shape({ shape: { lines, color }, kind, at }: ShapeProps) {
  const path = lines
    .map((line) => {
      const points = line.split(' ').map((pair) => {
        const [longitude = 0, latitude = 0] = pair.split(',').map(Number);
        return at(longitude, latitude).join(' ');
      });
      return `M${points.join('L')}${kind === 'okrug' ? 'Z' : ''}`;
    })
    .join('');
  return <path className={kind} d={path} {...(color === null ? {} : { stroke: color })} />;
}
