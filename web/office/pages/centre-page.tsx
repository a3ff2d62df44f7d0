import type { CentreFile } from '../../../contract/network-office.ts';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, useAgain, useChange, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';
import { useMoment } from '../moment.ts';
import { useSaveOffer } from '../save-offer.tsx';
import { CentreLists, CHANGED, type PartProps } from './centre-lists.tsx';
import { CentreScreens } from './centre-screens.tsx';
import { DayHours } from './day-hours.tsx';
import { ServiceOff } from './service-off.tsx';
import { RowActions } from '../row-actions.tsx';

/** A centre's file: its description, hours, windows and equipment. */
export function CentrePage({ centreId }: { readonly centreId: number }) {
  const { language } = useLanguage();
  const known = useQuery('GET /api/centres/:centreId/file', { params: { centreId } });
  if (known.data === null) return <QueryState of={known} />;
  const file = known.data;
  return (
    <>
      <QueryState of={known} />
      <h2>{file.name[language]}</h2>
      <div className="columns">
        <Details file={file} />
        <Receiving file={file} />
        <DayHours centreId={file.centreId} />
        <ServiceOff centreId={file.centreId} />
      </div>
      <Equipment file={file} />
      <CentreLists file={file} />
      <CentreScreens centreId={file.centreId} />
    </>
  );
}

function Details({ file }: PartProps) {
  const words = useMessages(messages);
  const change = useChange('PUT /api/centres/:centreId', CHANGED);
  return (
    <Form
      title={words.details}
      action={words.save}
      fields={[
        { name: 'ru', label: words.nameRu, kind: 'text', value: file.name.ru },
        { name: 'en', label: words.nameEn, kind: 'text', value: file.name.en },
        { name: 'address', label: words.address, kind: 'text', value: file.address, optional: true },
        { name: 'phone', label: words.phone, kind: 'text', value: file.phone, optional: true },
        { name: 'hallOf', label: words.hallOf, kind: 'number', value: String(file.hallOf ?? ''), optional: true },
      ]}
      run={async ({ ru = '', en = '', address = '', phone = '', hallOf = '' }) => {
        const { centreId, kind, districtId, latitude, longitude, openedOn } = file;
        const kept = { kind, districtId, latitude, longitude, openedOn, hallOf: hallOf === '' ? null : Number(hallOf) };
        await change.send({ params: { centreId }, body: { ...kept, name: { ru, en }, address, phone } });
        return words.done;
      }}
    />
  );
}

function Receiving({ file }: PartProps) {
  const words = useMessages(messages);
  const saveOffer = useSaveOffer();
  const again = useAgain(...CHANGED);
  const { centreId } = file;
  return (
    <Form
      title={words.shutTitle}
      action={words.save}
      fields={[
        {
          name: 'reason',
          label: words.state,
          kind: 'choice',
          optional: true,
          value: file.shut ?? '',
          options: Object.entries(words.shutReasons).map(([value, label]) => ({ value, label })),
        },
      ]}
      run={async ({ reason = '' }) => {
        const body = { reason: reason === '' ? null : (reason as NonNullable<CentreFile['shut']>) };
        await saveOffer((query) => call('POST /api/centres/:centreId/shut', { params: { centreId }, query, body }));
        await again();
        return words.done;
      }}
    />
  );
}

function Equipment({ file }: PartProps) {
  const words = useMessages(messages);
  const saveOffer = useSaveOffer();
  const again = useAgain(...CHANGED);
  const { language } = useLanguage();
  const { centreId, equipment } = file;
  const when = useMoment();
  const set = async (equipmentId: number, brokenSince: number | null) => {
    const changed = equipment.map((one) => (one.equipmentId === equipmentId ? { ...one, brokenSince } : one));
    await saveOffer((query) =>
      call('PUT /api/centres/:centreId/equipment', { params: { centreId }, query, body: { equipment: changed } }),
    );
    await again();
  };
  return (
    <DataTable
      name={words.equipment}
      rows={equipment}
      keyOf={({ equipmentId }) => String(equipmentId)}
      columns={[
        { label: words.equipment, value: ({ name }) => name[language] },
        { label: words.windows, value: ({ windowId }) => windowId ?? words.none },
        {
          label: words.state,
          value: ({ brokenSince }) =>
            brokenSince === null ? words.works : words.brokenSince(when(brokenSince, centreId)),
          show: ({ equipmentId, brokenSince }) => (
            <>
              {brokenSince === null ? words.works : words.brokenSince(when(brokenSince, centreId))}
              <RowActions
                actions={[
                  brokenSince === null
                    ? { label: words.markBroken, run: () => set(equipmentId, Date.now()) }
                    : { label: words.markFixed, run: () => set(equipmentId, null) },
                ]}
              />
            </>
          ),
        },
      ]}
    />
  );
}
