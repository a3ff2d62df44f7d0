import { useCallback } from 'react';
import { dayInDigits } from '../../../core/time/day-in-digits.ts';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { type Field, Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { useLoaded } from '../load.ts';
import { messages } from '../messages/index.ts';
import { RowActions } from '../row-actions.tsx';

type Body = Parameters<typeof call<'POST /api/pilots'>>[1]['body'];

/** What is on in some centres first: services and rules of the hall. */
export function PilotsPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const ask = useCallback(
    async () => ({
      pilots: await call('GET /api/pilots', {}),
      centres: await call('GET /api/centres', {}),
      services: await call('GET /api/catalogue', {}),
    }),
    [],
  );
  const { value, problem, reload } = useLoaded(ask);
  if (problem !== null) return <p className="problem">{problem}</p>;
  if (value === null) return null;
  const centres = value.centres.map(({ centreId, name }) => ({ value: String(centreId), label: name[language] }));
  const services = value.services.map(({ serviceId, name }) => ({ value: serviceId, label: name[language] }));
  const nameOf = (options: typeof centres, wanted: string) =>
    options.find((option) => option.value === wanted)?.label ?? wanted;
  return (
    <>
      <DataTable
        name={words.pilots}
        rows={value.pilots}
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
                      await call('DELETE /api/pilots/:pilotId', { params: { pilotId } });
                      await reload();
                    },
                  },
                ]}
              />
            ),
          },
        ]}
      />
      <NewPilot centres={centres} services={services} reload={reload} />
    </>
  );
}

interface NewPilotProps {
  readonly centres: NonNullable<Field['options']>;
  readonly services: NonNullable<Field['options']>;
  readonly reload: () => Promise<void>;
}

function NewPilot({ centres, services, reload }: NewPilotProps) {
  const words = useMessages(messages);
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
        await call('POST /api/pilots', { body: { centreId: Number(centreId), ...what, from, to } as Body });
        await reload();
        return words.done;
      }}
    />
  );
}
