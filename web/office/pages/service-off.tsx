import { call } from '../../shared/client.ts';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, useAgain, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';
import { useSaveOffer } from '../save-offer.tsx';

type Input = Parameters<typeof call<'POST /api/centres/:centreId/services/:serviceId/off'>>[1];

/** A service that a centre does not give for some days, with the reason; or gives again. */
export function ServiceOff({ centreId }: { readonly centreId: number }) {
  const words = useMessages(messages);
  const saveOffer = useSaveOffer();
  const { language } = useLanguage();
  const again = useAgain('GET /api/centres/:centreId');
  const centre = useQuery('GET /api/centres/:centreId', { params: { centreId } });
  if (centre.data === null) return <QueryState of={centre} />;
  const { services, today } = centre.data;
  if (services.length === 0) return null;
  return (
    <Form
      title={words.off}
      action={words.save}
      fields={[
        {
          name: 'serviceId',
          label: words.service,
          kind: 'choice',
          options: services.map(({ serviceId, name, off }) => {
            return {
              value: serviceId,
              label: off === null ? name[language] : `${name[language]} (${words.offReasons[off]})`,
            };
          }),
        },
        { name: 'from', label: words.from, kind: 'date', value: today },
        { name: 'to', label: words.to, kind: 'date', value: today },
        {
          name: 'reason',
          label: words.reason,
          kind: 'choice',
          optional: true,
          options: Object.entries(words.offReasons).map(([reason, label]) => ({ value: reason, label })),
        },
      ]}
      run={async ({ serviceId, from, to, reason }) => {
        const params = { centreId, serviceId: serviceId as Input['params']['serviceId'] };
        const body = { from, to, reason: reason === '' ? null : reason } as Input['body'];
        await saveOffer((query) =>
          call('POST /api/centres/:centreId/services/:serviceId/off', { params, query, body }),
        );
        await again();
        return words.done;
      }}
    />
  );
}
