import { dayInDigits } from '../../../core/time/day-in-digits.ts';
import type { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { type Field, Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, together, useChange, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';
import { RowActions } from '../row-actions.tsx';

type Body = Parameters<typeof call<'POST /api/pilots'>>[1]['body'];

/** What is on in some centres first: services and rules of the hall. */
export function PilotsPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const end = useChange('DELETE /api/pilots/:pilotId', ['GET /api/pilots']);
  const known = together({
    pilots: useQuery('GET /api/pilots', {}),
    centres: useQuery('GET /api/centres', {}),
    services: useQuery('GET /api/catalogue', {}),
  });
  if (known.data === null) return <QueryState of={known} />;
  const centres = known.data.centres.map(({ centreId, name }) => ({ value: String(centreId), label: name[language] }));
  const services = known.data.services.map(({ serviceId, name }) => ({ value: serviceId, label: name[language] }));
  const nameOf = (options: typeof centres, wanted: string) =>
    options.find((option) => option.value === wanted)?.label ?? wanted;
  return (
    <>
      <QueryState of={known} />
      <DataTable
        name={words.pilots}
        rows={known.data.pilots}
        keyOf={({ pilotId }) => String(pilotId)}
        columns={[
          { label: words.centre, value: ({ centreId }) => nameOf(centres, String(centreId)) },
          {
            label: words.service,
            value: ({ serviceId }) => (serviceId === null ? words.none : nameOf(services, serviceId)),
          },
          {
            label: words.ruleName,
            value: ({ rule, value: set }) => (rule === null ? words.none : `${rule} = ${JSON.stringify(set)}`),
          },
          { label: words.from, value: ({ from }) => from, show: ({ from }) => dayInDigits(from) },
          { label: words.to, value: ({ to }) => to, show: ({ to }) => dayInDigits(to) },
          {
            label: words.end,
            value: ({ pilotId }) => pilotId,
            show: ({ pilotId }) => (
              <RowActions
                actions={[
                  {
                    label: words.end,
                    run: async () => {
                      await end.send({ params: { pilotId } });
                    },
                  },
                ]}
              />
            ),
          },
        ]}
      />
      <NewPilot centres={centres} services={services} />
    </>
  );
}

interface NewPilotProps {
  readonly centres: NonNullable<Field['options']>;
  readonly services: NonNullable<Field['options']>;
}

function NewPilot({ centres, services }: NewPilotProps) {
  const words = useMessages(messages);
  const begin = useChange('POST /api/pilots', ['GET /api/pilots']);
  return (
    <Form
      title={words.pilot}
      action={words.pilot}
      fields={[
        { name: 'centreId', label: words.centre, kind: 'choice', options: centres },
        {
          name: 'serviceId',
          label: words.service,
          kind: 'choice',
          optional: true,
          options: [{ value: '', label: words.none }, ...services],
        },
        { name: 'rule', label: words.ruleName, kind: 'text', optional: true },
        { name: 'value', label: words.ruleValue, kind: 'text', optional: true },
        { name: 'from', label: words.from, kind: 'date' },
        { name: 'to', label: words.to, kind: 'date' },
      ]}
      run={async ({ centreId, serviceId = '', rule = '', value: set = '', from, to }) => {
        const parsed: unknown = set === '' ? null : JSON.parse(set);
        const what = {
          serviceId: serviceId === '' ? null : serviceId,
          rule: rule === '' ? null : rule,
          value: parsed,
        };
        await begin.send({ body: { centreId: Number(centreId), ...what, from, to } as Body });
        return words.done;
      }}
    />
  );
}
