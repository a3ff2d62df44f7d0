import { dayInDigits } from '../../../core/time/day-in-digits.ts';
import type { call } from '../../shared/client.ts';
import { Link } from '../../shared/address.ts';
import { paths } from '../../shared/paths.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';
import { PassportDifferences } from './passport/differences.tsx';
import { PassportEditor } from './passport/editor.tsx';

type ServiceId = Parameters<typeof call<'GET /api/catalogue/:serviceId'>>[1]['params']['serviceId'];

/** What is read again after a passport has been written. */
const CHANGED = ['GET /api/catalogue/:serviceId', 'GET /api/catalogue/:serviceId/differences'] as const;

/** A service passport: its versions, the draft, and putting the draft in force. */
export function ServicePage({ serviceId }: { readonly serviceId: string }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const service = useQuery('GET /api/catalogue/:serviceId', { params: { serviceId: serviceId as ServiceId } });
  if (service.data === null)
    return (
      <>
        <QueryState of={service} />
        <p>
          <Link href={paths.officePage('catalogue')}>{words.pages.catalogue}</Link>
        </p>
      </>
    );
  const { groupId, versions } = service.data;
  const [newest] = versions;
  if (newest === undefined) return null;
  const { passport } = newest;
  return (
    <>
      <QueryState of={service} />
      <h2>{passport.plain[language]}</h2>
      <DataTable
        name={words.versions}
        rows={versions}
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
      <Writing serviceId={serviceId} groupId={groupId} newest={newest} />
    </>
  );
}

type ServiceReply = Awaited<ReturnType<typeof call<'GET /api/catalogue/:serviceId'>>>;

interface WritingProps extends Pick<ServiceReply, 'groupId'> {
  readonly serviceId: string;
  readonly newest: ServiceReply['versions'][number];
}

function Writing({ serviceId, groupId, newest }: WritingProps) {
  const words = useMessages(messages);
  const params = { serviceId: serviceId as ServiceId };
  const { state, passport } = newest;
  const draft = useChange('PUT /api/catalogue/:serviceId/draft', CHANGED);
  const publication = useChange('POST /api/catalogue/:serviceId/publish', CHANGED);
  return (
    <div className="columns">
      <PassportEditor
        key={serviceId}
        passport={passport}
        write={async (written) => {
          await draft.send({ params, body: { groupId, passport: written } });
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
            await publication.send({ params, body });
            return words.done;
          }}
        />
      )}
    </div>
  );
}
