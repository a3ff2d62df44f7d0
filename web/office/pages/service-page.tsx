import { useCallback } from 'react';
import { dayInDigits } from '../../../core/time/day-in-digits.ts';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { Problem } from '../../shared/problem.tsx';
import { useLoaded } from '../load.ts';
import { messages } from '../messages/index.ts';
import { PassportDifferences } from './passport/differences.tsx';
import { PassportEditor } from './passport/editor.tsx';

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
  if (problem !== null)
    return (
      <>
        <Problem text={problem} />
        <p>
          <a href="/office/catalogue">{words.pages.catalogue}</a>
        </p>
      </>
    );
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
            value: ({ state, validFrom }) =>
              state === 'draft'
                ? words.draft
                : `${words.inForceFrom} ${validFrom === null ? '' : dayInDigits(validFrom)}`,
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
  const { state, passport } = newest;
  return (
    <div className="columns">
      <PassportEditor
        key={serviceId}
        passport={passport}
        write={async (draft) => {
          await call('PUT /api/catalogue/:serviceId/draft', { params, body: { groupId, passport: draft } });
          await reload();
        }}
      />
      {state === 'draft' && (
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
