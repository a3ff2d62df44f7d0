import { call } from '../../shared/client.ts';
import { Form } from '../../shared/form.tsx';
import { useMessages } from '../../shared/language.tsx';
import { messages } from '../messages/index.ts';
import { useSaveOffer } from '../save-offer.tsx';

type Input = Parameters<typeof call<'POST /api/centres/:centreId/closures/:day'>>[1];

/** One day to come with other hours than its weekday, or closed; without a reason it is as on other weeks again. */
export function DayHours({ centreId }: { readonly centreId: number }) {
  const words = useMessages(messages);
  const saveOffer = useSaveOffer();
  return (
    <Form
      title={words.dayHours}
      action={words.save}
      fields={[
        { name: 'day', label: words.from, kind: 'date' },
        { name: 'opens', label: words.opensAt, kind: 'time', optional: true },
        { name: 'closes', label: words.closesAt, kind: 'time', optional: true },
        {
          name: 'reason',
          label: words.reason,
          kind: 'choice',
          optional: true,
          options: Object.entries(words.dayReasons).map(([value, label]) => ({ value, label })),
        },
      ]}
      run={async ({ day = '', opens = '', closes = '', reason = '' }) => {
        const params = { centreId, day } as Input['params'];
        const hours = opens === '' || closes === '' ? null : { opens, closes };
        const body = { hours, reason: reason === '' ? null : reason } as Input['body'];
        await saveOffer((query) => call('POST /api/centres/:centreId/closures/:day', { params, query, body }));
        return words.done;
      }}
    />
  );
}
