import type { CentreSummary } from '../../../contract/network.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, together, useChange, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';
import { useMoment } from '../moment.ts';
import { RowActions } from '../row-actions.tsx';

/** The devices of the centres one answers for: letting one in by its code, and letting one in no more. */
export function DevicesPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const when = useMoment();
  const revoke = useChange('POST /api/devices/:deviceId/revoke', ['GET /api/devices']);
  const known = together({ devices: useQuery('GET /api/devices', {}), centres: useQuery('GET /api/centres', {}) });
  if (known.data === null) return <QueryState of={known} />;
  const { devices, centres } = known.data;
  const nameOf = (id: number) => centres.find(({ centreId }) => centreId === id)?.name[language] ?? String(id);
  return (
    <>
      <QueryState of={known} />
      <PairForm centres={centres} />
      <DataTable
        name={words.pages.devices}
        rows={devices}
        keyOf={({ deviceId }) => deviceId}
        columns={[
          { label: words.device, value: ({ name }) => name },
          { label: words.kind, value: ({ kind }) => words.deviceKinds[kind] },
          { label: words.centre, value: ({ centreId }) => nameOf(centreId) },
          { label: words.windows, value: ({ windowId }) => windowId ?? words.none },
          { label: words.fingerprint, value: ({ fingerprint }) => fingerprint },
          {
            label: words.seen,
            value: ({ seenAt, centreId }) => (seenAt === null ? words.never : when(seenAt, centreId)),
          },
          {
            label: words.state,
            value: ({ revoked }) => (revoked ? words.revoked : words.works),
            show: ({ deviceId, revoked }) =>
              revoked ? (
                words.revoked
              ) : (
                <RowActions
                  actions={[
                    {
                      label: words.revoke,
                      run: async () => {
                        await revoke.send({ params: { deviceId } });
                      },
                    },
                  ]}
                />
              ),
          },
        ]}
      />
    </>
  );
}

interface PairFormProps {
  readonly centres: readonly CentreSummary[];
}

function PairForm({ centres }: PairFormProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const pair = useChange('POST /api/devices', ['GET /api/devices']);
  return (
    <Form
      title={words.pair}
      action={words.pair}
      fields={[
        { name: 'code', label: `${words.deviceCode}. ${words.pairLead}`, kind: 'text' },
        {
          name: 'centreId',
          label: words.centre,
          kind: 'choice',
          options: centres.map(({ centreId, name }) => ({ value: String(centreId), label: name[language] })),
        },
        { name: 'name', label: words.deviceName, kind: 'text' },
        { name: 'windowId', label: words.windowNumber, kind: 'number', optional: true },
      ]}
      run={async ({ code = '', centreId, name = '', windowId = '' }) => {
        const body = { code, centreId: Number(centreId), name, windowId: windowId === '' ? null : Number(windowId) };
        const made = await pair.send({ body });
        return words.paired(words.deviceKinds[made.kind], made.fingerprint);
      }}
    />
  );
}
