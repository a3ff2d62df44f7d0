import { useCallback } from 'react';
import type { Passport } from '../../../contract/catalogue.ts';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { useLoaded } from '../load.ts';
import { messages } from '../messages/index.ts';
import { PassportDifferences } from './passport-differences.tsx';

type ServiceId = Parameters<typeof call<'GET /api/catalogue/:serviceId'>>[1]['params']['serviceId'];

/** A service passport: its versions, the draft, and putting the draft in force. */
export function ServicePage({ serviceId }: { readonly serviceId: string }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const ask = useCallback(
    () => call('GET /api/catalogue/:serviceId', { params: { serviceId: serviceId as ServiceId } }),
    [serviceId],
  );
  const { value, problem, reload } = useLoaded(ask);
  if (problem !== null) return <p className="problem">{problem}</p>;
  const newest = value?.versions[0];
  if (value === null || newest === undefined) return null;
  const { passport } = newest;
  return (
    <>
      <h2>{passport.plain[language]}</h2>
      <DataTable
        name={words.versions}
        rows={value.versions}
        keyOf={({ version }) => String(version)}
        columns={[
          { label: words.version, value: ({ version }) => version },
          {
            label: words.state,
            value: ({ state, validFrom }) => (state === 'draft' ? words.draft : `${words.inForceFrom} ${validFrom}`),
          },
          { label: words.minutes, value: (row) => row.passport.minutesAtWindow },
          { label: words.skill, value: (row) => row.passport.skillLevel },
          { label: words.service, value: (row) => row.passport.plain[language] },
        ]}
      />
      {newest.state === 'draft' && newest.version > 1 && (
        <PassportDifferences
          key={JSON.stringify(passport)}
          serviceId={serviceId}
          from={newest.version - 1}
          to={newest.version}
        />
      )}
      <Writing serviceId={serviceId} groupId={value.groupId} newest={newest} reload={reload} />
    </>
  );
}

type ServiceReply = Awaited<ReturnType<typeof call<'GET /api/catalogue/:serviceId'>>>;

interface WritingProps extends Pick<ServiceReply, 'groupId'> {
  readonly serviceId: string;
  readonly newest: ServiceReply['versions'][number];
  readonly reload: () => Promise<void>;
}

function Writing({ serviceId, groupId, newest, reload }: WritingProps) {
  const words = useMessages(messages);
  const params = { serviceId: serviceId as ServiceId };
  const { passport } = newest;
  return (
    <div className="columns">
      <Form
        title={words.writeDraft}
        action={words.writeDraft}
        fields={[
          { name: 'ru', label: words.plainRu, kind: 'text', value: passport.plain.ru },
          { name: 'en', label: words.plainEn, kind: 'text', value: passport.plain.en },
          { name: 'minutes', label: words.minutes, kind: 'number', value: String(passport.minutesAtWindow) },
          {
            name: 'skill',
            label: words.skill,
            kind: 'choice',
            value: String(passport.skillLevel),
            options: ['1', '2', '3'].map((level) => ({ value: level, label: level })),
          },
        ]}
        run={async ({ ru = '', en = '', minutes, skill }) => {
          const draft: Passport = {
            ...passport,
            plain: { ru, en },
            minutesAtWindow: Number(minutes),
            skillLevel: Number(skill) as Passport['skillLevel'],
          };
          await call('PUT /api/catalogue/:serviceId/draft', {
            params,
            body: { groupId, passport: draft },
          });
          await reload();
          return words.done;
        }}
      />
      <WholePassport serviceId={serviceId} groupId={groupId} newest={newest} reload={reload} />
      {newest.state === 'draft' && (
        <Form
          title={`${words.publish}. ${words.publishLead}`}
          action={words.publish}
          fields={[
            { name: 'validFrom', label: words.inForceFrom, kind: 'date' },
            { name: 'pilotOnly', label: words.pilotOnly, kind: 'switch' },
          ]}
          run={async ({ validFrom = '', pilotOnly }) => {
            const body = {
              validFrom: validFrom as NonNullable<typeof newest.validFrom>,
              pilotOnly: pilotOnly === 'yes',
            };
            await call('POST /api/catalogue/:serviceId/publish', { params, body });
            await reload();
            return words.done;
          }}
        />
      )}
    </div>
  );
}

/** For what the short form does not ask: evidence, terms, fees, grounds. The server says what does not fit. */
function WholePassport({ serviceId, groupId, newest: { passport }, reload }: WritingProps) {
  const words = useMessages(messages);
  const params = { serviceId: serviceId as ServiceId };
  return (
    <Form
      title={words.wholePassport}
      action={words.writeDraft}
      fields={[{ name: 'passport', label: words.passportJson, kind: 'long', value: JSON.stringify(passport, null, 2) }]}
      run={async ({ passport: text = '' }) => {
        const body = { groupId, passport: JSON.parse(text) as Passport };
        await call('PUT /api/catalogue/:serviceId/draft', { params, body });
        await reload();
        return words.done;
      }}
    />
  );
}
