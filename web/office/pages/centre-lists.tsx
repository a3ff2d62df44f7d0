import type { CentreFile } from '../../../contract/network-office.ts';
import { call } from '../../shared/client.ts';
import { useMessages } from '../../shared/language.tsx';
import { useAgain, useChange } from '../../shared/query.ts';
import { ListEditor, type ListField } from '../../shared/list-editor.tsx';
import { messages } from '../messages/index.ts';
import { useSaveOffer } from '../save-offer.tsx';

export interface PartProps {
  readonly file: CentreFile;
}

/** What is read again after a part of a centre's file has been written. */
export const CHANGED = ['GET /api/centres/:centreId/file', 'GET /api/centres/:centreId'] as const;

type Day = CentreFile['hours'][number]['from'];

const numberOrNull = (text = '') => (text === '' ? null : Number(text));
const textOf = (value: number | string | null) => (value === null ? '' : String(value));
const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** The lists of a centre's file: hours, zones, windows, equipment, accessibility and stops, each written whole. */
export function CentreLists({ file }: PartProps) {
  return (
    <>
      <Hours file={file} />
      <Zones file={file} />
      <Windows file={file} />
      <EquipmentList file={file} />
      <Accessibility file={file} />
      {file.kind === 'mobile' && <Stops file={file} />}
    </>
  );
}

function Hours({ file: { centreId, hours } }: PartProps) {
  const words = useMessages(messages);
  const saveOffer = useSaveOffer();
  const again = useAgain(...CHANGED);
  const weekdays = words.weekdays.map((label, index) => ({ value: String(index + 1), label }));
  return (
    <ListEditor
      title={words.hours}
      fields={[
        { name: 'weekday', label: words.weekday, kind: 'choice', options: weekdays },
        { name: 'from', label: words.from, kind: 'date' },
        { name: 'to', label: words.to, kind: 'date' },
        { name: 'opens', label: words.opens, kind: 'time' },
        { name: 'closes', label: words.closes, kind: 'time' },
      ]}
      rows={hours.map((row) => ({ ...row, weekday: String(row.weekday), to: textOf(row.to) }))}
      save={async (rows) => {
        const list = rows.map(({ weekday, from, to, opens = '', closes = '' }) => {
          return { weekday: Number(weekday), from: from as Day, to: to === '' ? null : (to as Day), opens, closes };
        });
        await saveOffer((query) =>
          call('PUT /api/centres/:centreId/hours', { params: { centreId }, query, body: { hours: list } }),
        );
        await again();
      }}
    />
  );
}

function useNameFields(): readonly ListField[] {
  const words = useMessages(messages);
  return [
    { name: 'ru', label: words.nameRu, kind: 'text' },
    { name: 'en', label: words.nameEn, kind: 'text' },
  ];
}

function Zones({ file: { centreId, zones } }: PartProps) {
  const words = useMessages(messages);
  const names = useNameFields();
  const change = useChange('PUT /api/centres/:centreId/zones', CHANGED);
  return (
    <ListEditor
      title={words.zones}
      fields={[{ name: 'zoneId', label: words.number, kind: 'number' }, ...names]}
      rows={zones.map(({ zoneId, name }) => ({ zoneId: String(zoneId), ...name }))}
      save={async (rows) => {
        const list = rows.map(({ zoneId, ru = '', en = '' }) => ({ zoneId: Number(zoneId), name: { ru, en } }));
        await change.send({ params: { centreId }, body: { zones: list } });
      }}
    />
  );
}

function Windows({ file: { centreId, windows } }: PartProps) {
  const words = useMessages(messages);
  const saveOffer = useSaveOffer();
  const again = useAgain(...CHANGED);
  return (
    <ListEditor
      title={words.windows}
      fields={[
        { name: 'windowId', label: words.number, kind: 'number' },
        { name: 'zoneId', label: words.zoneNumber, kind: 'number' },
        { name: 'groupIds', label: words.groupsOf, kind: 'text' },
      ]}
      rows={windows.map(({ windowId, zoneId, groupIds }) => {
        return { windowId: String(windowId), zoneId: textOf(zoneId), groupIds: groupIds.join(', ') };
      })}
      save={async (rows) => {
        const list = rows.map(({ windowId, zoneId, groupIds = '' }) => {
          const groups = groupIds.split(',').map((id) => id.trim());
          return {
            windowId: Number(windowId),
            zoneId: numberOrNull(zoneId),
            groupIds: groups.filter((id) => id !== ''),
          };
        });
        await saveOffer((query) =>
          call('PUT /api/centres/:centreId/windows', { params: { centreId }, query, body: { windows: list } }),
        );
        await again();
      }}
    />
  );
}

function EquipmentList({ file: { centreId, equipment } }: PartProps) {
  const words = useMessages(messages);
  const saveOffer = useSaveOffer();
  const again = useAgain(...CHANGED);
  const names = useNameFields();
  return (
    <ListEditor
      title={words.equipment}
      fields={[
        { name: 'equipmentId', label: words.number, kind: 'number' },
        { name: 'kind', label: words.equipmentKind, kind: 'text' },
        ...names,
        { name: 'amenity', label: words.amenity, kind: 'switch' },
        { name: 'windowId', label: words.windowNumber, kind: 'number' },
      ]}
      rows={equipment.map(({ equipmentId, kind, name, amenity, windowId, brokenSince }) => ({
        equipmentId: String(equipmentId),
        kind,
        ...name,
        amenity: amenity ? 'yes' : '',
        windowId: textOf(windowId),
        brokenSince: textOf(brokenSince),
      }))}
      save={async (rows) => {
        const list = rows.map(({ equipmentId, kind = '', ru = '', en = '', amenity, windowId, brokenSince }) => ({
          equipmentId: Number(equipmentId),
          kind,
          name: { ru, en },
          amenity: amenity === 'yes',
          windowId: numberOrNull(windowId),
          brokenSince: numberOrNull(brokenSince),
        }));
        await saveOffer((query) =>
          call('PUT /api/centres/:centreId/equipment', { params: { centreId }, query, body: { equipment: list } }),
        );
        await again();
      }}
    />
  );
}

function Accessibility({ file: { centreId, accessibility } }: PartProps) {
  const words = useMessages(messages);
  const change = useChange('PUT /api/centres/:centreId/accessibility', CHANGED);
  return (
    <ListEditor
      title={words.accessibility}
      fields={[
        { name: 'need', label: words.need, kind: 'choice', options: optionsOf(words.needs) },
        { name: 'level', label: words.level, kind: 'choice', options: optionsOf(words.levels) },
      ]}
      rows={accessibility.map((row) => ({ ...row }))}
      save={async (rows) => {
        const list = rows as unknown as CentreFile['accessibility'];
        await change.send({ params: { centreId }, body: { accessibility: list } });
      }}
    />
  );
}

function Stops({ file: { centreId, stops } }: PartProps) {
  const words = useMessages(messages);
  const saveOffer = useSaveOffer();
  const again = useAgain(...CHANGED);
  return (
    <ListEditor
      title={words.stops}
      fields={[
        { name: 'day', label: words.date, kind: 'date' },
        { name: 'opens', label: words.opens, kind: 'time' },
        { name: 'closes', label: words.closes, kind: 'time' },
        { name: 'ru', label: words.stopRu, kind: 'text' },
        { name: 'en', label: words.stopEn, kind: 'text' },
      ]}
      rows={stops.map(({ place, ...row }) => ({ ...row, ...place }))}
      save={async (rows) => {
        const list = rows.map(({ day, opens = '', closes = '', ru = '', en = '' }) => {
          return { day: day as Day, opens, closes, place: { ru, en } };
        });
        await saveOffer((query) =>
          call('PUT /api/centres/:centreId/stops', { params: { centreId }, query, body: { stops: list } }),
        );
        await again();
      }}
    />
  );
}
