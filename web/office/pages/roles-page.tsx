import { useCallback } from 'react';
import { RIGHTS, type Right } from '../../../core/access/roles.ts';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { useLoaded } from '../load.ts';
import { messages } from '../messages/index.ts';

const partsOf = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** What roles consist of, and making another one. */
export function RolesPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { value, problem, reload } = useLoaded(useCallback(() => call('GET /api/roles', {}), []));
  if (problem !== null) return <p className="problem">{problem}</p>;
  if (value === null) return null;
  return (
    <>
      <DataTable
        name={words.pages.roles}
        rows={value}
        keyOf={({ roleId }) => roleId}
        columns={[
          { label: words.roleId, value: ({ roleId }) => roleId },
          { label: words.role, value: ({ name }) => name[language] },
          { label: words.ownRights, value: ({ rights }) => rights.map((right) => RIGHTS[right][language]).join('; ') },
          { label: words.includes, value: ({ includes }) => includes.join(', ') },
          { label: words.secondFactor, value: ({ secondFactor }) => (secondFactor ? words.yes : words.no) },
          { label: words.twoPeople, value: ({ twoPeople }) => (twoPeople ? words.yes : words.no) },
        ]}
      />
      <Form
        title={words.roleTitle}
        action={words.save}
        fields={[
          { name: 'roleId', label: words.roleId, kind: 'text' },
          { name: 'ru', label: words.nameRu, kind: 'text' },
          { name: 'en', label: words.nameEn, kind: 'text' },
          { name: 'includes', label: `${words.includes} (${words.comma})`, kind: 'text', optional: true },
          ...(Object.keys(RIGHTS) as Right[]).map((right) => ({
            name: `right ${right}`,
            label: RIGHTS[right][language],
            kind: 'switch' as const,
          })),
          { name: 'secondFactor', label: words.secondFactor, kind: 'switch' },
          { name: 'twoPeople', label: words.twoPeople, kind: 'switch' },
        ]}
        run={async ({ roleId = '', ru = '', en = '', includes = '', ...rest }) => {
          const body = {
            name: { ru, en },
            rights: (Object.keys(RIGHTS) as Right[]).filter((right) => rest[`right ${right}`] === 'yes'),
            includes: partsOf(includes),
            secondFactor: rest['secondFactor'] === 'yes',
            twoPeople: rest['twoPeople'] === 'yes',
          };
          await call('PUT /api/roles/:roleId', { params: { roleId }, body });
          await reload();
          return words.done;
        }}
      />
    </>
  );
}
