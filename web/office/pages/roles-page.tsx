import { RIGHTS, type Right } from '../../../core/access/roles.ts';
import type { call } from '../../shared/client.ts';
import { Link } from '../../shared/address.ts';
import { paths } from '../../shared/paths.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';

type Role = Awaited<ReturnType<typeof call<'GET /api/roles'>>>[number];

/** What roles consist of; changing the one that the address names, and making another. */
export function RolesPage({ roleId }: { readonly roleId: string | null }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const known = useQuery('GET /api/roles', {});
  if (known.data === null) return <QueryState of={known} />;
  const roles = known.data;
  const nameOf = (included: string) => roles.find((one) => one.roleId === included)?.name[language] ?? '';
  const chosen = roles.find((one) => one.roleId === roleId) ?? null;
  return (
    <>
      <QueryState of={known} />
      <DataTable
        name={words.pages.roles}
        rows={roles}
        keyOf={(role) => role.roleId}
        columns={[
          {
            label: words.role,
            value: ({ name }) => name[language],
            show: (role) => (
              <Link href={paths.officeItem('roles', role.roleId)} aria-current={role === chosen ? 'true' : undefined}>
                {role.name[language]}
              </Link>
            ),
          },
          { label: words.roleId, value: (role) => role.roleId },
          { label: words.ownRights, value: ({ rights }) => rights.map((right) => RIGHTS[right][language]).join('; ') },
          { label: words.includes, value: ({ includes }) => includes.map(nameOf).join(', ') },
          { label: words.secondFactor, value: ({ secondFactor }) => (secondFactor ? words.yes : words.no) },
          { label: words.twoPeople, value: ({ twoPeople }) => (twoPeople ? words.yes : words.no) },
        ]}
      />
      {chosen !== null && (
        <p>
          <Link href={paths.officePage('roles')}>{words.newRole}</Link>
        </p>
      )}
      <RoleForm key={chosen?.roleId} chosen={chosen} roles={roles} />
    </>
  );
}

interface RoleFormProps {
  /** The role that is changed, with everything that it has; null: a new one. */
  readonly chosen: Role | null;
  readonly roles: readonly Role[];
}

function RoleForm({ chosen, roles }: RoleFormProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const write = useChange('PUT /api/roles/:roleId', ['GET /api/roles']);
  const mark = (name: string, label: string, on: boolean | undefined) =>
    ({ name, label, kind: 'switch', ...(on === true ? { value: 'yes' } : {}) }) as const;
  const others = roles.filter(({ roleId }) => roleId !== chosen?.roleId);
  const rights = Object.keys(RIGHTS) as Right[];
  return (
    <Form
      title={chosen === null ? words.newRole : words.changeRole(chosen.name[language])}
      action={words.save}
      fields={[
        ...(chosen === null ? [{ name: 'roleId', label: words.roleId, kind: 'text' as const }] : []),
        { name: 'ru', label: words.nameRu, kind: 'text', value: chosen?.name.ru ?? '' },
        { name: 'en', label: words.nameEn, kind: 'text', value: chosen?.name.en ?? '' },
        ...rights.map((right) => mark(`right ${right}`, RIGHTS[right][language], chosen?.rights.includes(right))),
        ...others.map(({ roleId, name }) =>
          mark(`includes ${roleId}`, words.includesRole(name[language]), chosen?.includes.includes(roleId)),
        ),
        mark('secondFactor', words.secondFactor, chosen?.secondFactor),
        mark('twoPeople', words.twoPeople, chosen?.twoPeople),
      ]}
      run={async ({ roleId = chosen?.roleId ?? '', ru = '', en = '', ...rest }) => {
        // A new role under the code of another one would take away everything that the other has.
        if (chosen === null && roles.some((one) => one.roleId === roleId)) throw new Error(words.roleThere);
        const body = {
          name: { ru, en },
          rights: rights.filter((right) => rest[`right ${right}`] === 'yes'),
          includes: others.map((one) => one.roleId).filter((included) => rest[`includes ${included}`] === 'yes'),
          secondFactor: rest['secondFactor'] === 'yes',
          twoPeople: rest['twoPeople'] === 'yes',
        };
        await write.send({ params: { roleId }, body });
        return words.done;
      }}
    />
  );
}
