import type { CentreSummary } from '../../../contract/network.ts';
import type { District } from '../../../contract/network-office.ts';
import { goTo, Link } from '../../shared/address.ts';
import { paths } from '../../shared/paths.ts';
import { call } from '../../shared/client.ts';
import { wallTime } from '../../shared/clock.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, together, useChange, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';

/** The levels of the network and its centres. */
export function NetworkPage() {
  const known = together({ centres: useQuery('GET /api/centres', {}), districts: useQuery('GET /api/districts', {}) });
  if (known.data === null) return <QueryState of={known} />;
  const { centres, districts } = known.data;
  return (
    <>
      <QueryState of={known} />
      <Centres centres={centres} />
      <Districts districts={districts} />
      <div className="columns">
        <NewCentre districts={districts} />
        <NewDistrict districts={districts} />
      </div>
    </>
  );
}

function Centres({ centres }: { readonly centres: readonly CentreSummary[] }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  return (
    <DataTable
      name={words.pages.network}
      rows={centres}
      keyOf={({ centreId }) => String(centreId)}
      columns={[
        {
          label: words.centre,
          value: ({ name }) => name[language],
          show: ({ centreId, name }) => <Link href={paths.officeItem('network', centreId)}>{name[language]}</Link>,
        },
        { label: words.district, value: ({ district }) => district[language] },
        { label: words.kind, value: ({ kind }) => words.kinds[kind] },
        { label: words.windows, value: ({ windows }) => windows },
        {
          label: words.today,
          value: ({ doors, timeZone }) =>
            doors === null
              ? words.closed
              : `${wallTime(doors.opens, timeZone, language)}–${wallTime(doors.closes, timeZone, language)}`,
        },
      ]}
    />
  );
}

interface DistrictsProps {
  readonly districts: readonly District[];
}

function Districts({ districts }: DistrictsProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const names = new Map(districts.map(({ districtId, name }) => [districtId, name[language]]));
  return (
    <DataTable
      name={words.district}
      rows={districts}
      keyOf={({ districtId }) => String(districtId)}
      columns={[
        { label: '№', value: ({ districtId }) => districtId },
        { label: words.district, value: ({ name }) => name[language] },
        {
          label: words.above,
          value: ({ parentId }) => (parentId === null ? words.none : (names.get(parentId) ?? words.none)),
        },
      ]}
    />
  );
}

function NewCentre({ districts }: DistrictsProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const places = districts.map(({ districtId, name }) => ({ value: String(districtId), label: name[language] }));
  const kinds = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));
  return (
    <Form
      title={words.addCentre}
      action={words.save}
      fields={[
        { name: 'code', label: words.code, kind: 'text' },
        { name: 'ru', label: words.nameRu, kind: 'text' },
        { name: 'en', label: words.nameEn, kind: 'text' },
        { name: 'kind', label: words.kind, kind: 'choice', options: kinds },
        { name: 'districtId', label: words.district, kind: 'choice', options: places },
        { name: 'address', label: words.address, kind: 'text', optional: true },
      ]}
      run={async ({ code = '', ru = '', en = '', kind, districtId, address = '' }) => {
        const name = { ru, en };
        const rest = { latitude: null, longitude: null, phone: '', openedOn: null, hallOf: null };
        const body = {
          code,
          kind: kind as CentreSummary['kind'],
          name,
          districtId: Number(districtId),
          address,
          ...rest,
        };
        const { centreId } = await call('POST /api/centres', { body });
        goTo(paths.officeItem('network', centreId));
      }}
    />
  );
}

function NewDistrict({ districts }: DistrictsProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const places = districts.map(({ districtId, name }) => ({ value: String(districtId), label: name[language] }));
  const add = useChange('POST /api/districts', ['GET /api/districts']);
  return (
    <Form
      title={words.addDistrict}
      action={words.save}
      fields={[
        { name: 'ru', label: words.nameRu, kind: 'text' },
        { name: 'en', label: words.nameEn, kind: 'text' },
        {
          name: 'parentId',
          label: words.above,
          kind: 'choice',
          optional: true,
          options: [{ value: '', label: words.none }, ...places],
        },
      ]}
      run={async ({ ru = '', en = '', parentId = '' }) => {
        const body = { name: { ru, en }, parentId: parentId === '' ? null : Number(parentId) };
        await add.send({ body });
        return words.done;
      }}
    />
  );
}
