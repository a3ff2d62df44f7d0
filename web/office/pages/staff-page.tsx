import type { AccountReply, InvitedReply } from '../../../contract/people.ts';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { type Field, Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, together, useChange, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';
import { RowActions } from '../row-actions.tsx';

type Scope = AccountReply['scope'];

const STAFF = ['GET /api/staff'] as const;

/** `centre:84` → the scope. */
function scopeOf(text: string): Scope {
  const [kind = 'network', id = ''] = text.split(':');
  return kind === 'network' ? { kind, id: null } : { kind: kind as 'district' | 'centre' | 'agency', id };
}

/** The accounts one may manage: new ones, their roles, new codes, and shutting one. */
export function StaffPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const known = together({
    staff: useQuery('GET /api/staff', {}),
    roles: useQuery('GET /api/roles', {}),
    centres: useQuery('GET /api/centres', {}),
    districts: useQuery('GET /api/districts', {}),
  });
  if (known.data === null) return <QueryState of={known} />;
  const { staff, roles, centres, districts } = known.data;
  const options = [
    ...centres.map(({ centreId, name }) => ({
      value: `centre:${centreId}`,
      label: `${words.places.centre}: ${name[language]}`,
    })),
    ...districts.map(({ districtId, name }) => ({
      value: `district:${districtId}`,
      label: `${words.places.district}: ${name[language]}`,
    })),
    { value: 'network', label: words.places.network },
  ];
  const placeName = ({ kind, id }: Scope) =>
    options.find((option) => option.value === (id === null ? kind : `${kind}:${id}`))?.label ?? `${kind} ${id}`;
  const place: Field = { name: 'scope', label: words.place, kind: 'choice', options };
  const roleOptions = roles.map(({ roleId, name }) => ({ value: roleId, label: name[language] }));
  return (
    <>
      <QueryState of={known} />
      <StaffTable staff={staff} roles={roleOptions} placeName={placeName} />
      <div className="columns">
        <NewAccount place={place} roles={roleOptions} />
        <GiveRole staff={staff} place={place} roles={roleOptions} />
        <Import />
      </div>
    </>
  );
}

interface StaffTableProps {
  readonly staff: readonly AccountReply[];
  readonly roles: NonNullable<Field['options']>;
  readonly placeName: (scope: Scope) => string;
}

function StaffTable({ staff, roles, placeName }: StaffTableProps) {
  const words = useMessages(messages);
  const roleName = (roleId: string) => roles.find(({ value }) => value === roleId)?.label ?? roleId;
  const confirm = useChange('POST /api/grants/:grantId/confirm', STAFF);
  const revoke = useChange('POST /api/grants/:grantId/revoke', STAFF);
  const decide = async ({ send }: typeof confirm | typeof revoke, grantId: string) => {
    await send({ params: { grantId } });
  };
  return (
    <DataTable
      name={words.pages.staff}
      rows={staff}
      keyOf={({ accountId }) => accountId}
      columns={[
        { label: words.login, value: ({ login }) => login },
        { label: words.person, value: ({ name }) => name },
        { label: words.place, value: ({ scope }) => placeName(scope) },
        { label: words.state, value: ({ state }) => words.states[state] },
        {
          label: words.secondFactor,
          value: ({ secondFactor }) => (secondFactor ? words.yes : words.no),
          show: (account) => <SecondFactor account={account} />,
        },
        {
          label: words.rolesOf,
          value: ({ grants }) =>
            grants.map(({ roleId, scope }) => `${roleName(roleId)} (${placeName(scope)})`).join('; '),
          show: ({ grants }) =>
            grants.map(({ grantId, roleId, scope, pending }) => (
              <div key={grantId}>
                {roleName(roleId)} ({placeName(scope)}) {pending && words.pending}
                <RowActions
                  actions={[
                    ...(pending ? [{ label: words.confirm, run: () => decide(confirm, grantId) }] : []),
                    { label: words.revoke, run: () => decide(revoke, grantId) },
                  ]}
                />
              </div>
            )),
        },
        {
          label: words.account,
          value: ({ accountId }) => accountId,
          show: (account) => <AccountActions account={account} />,
        },
      ]}
    />
  );
}

interface AccountProps {
  readonly account: AccountReply;
}

/** The new code, to be handed over; or that a second person has to agree first. */
function useSaid() {
  const words = useMessages(messages);
  return ({ login, code, secondFactor }: InvitedReply) =>
    login === null || code === null
      ? words.waitsForSecond
      : `${words.invitation(login, code)}${secondFactor === 'dropped' ? ` ${words.factorDropped}` : ''}`;
}

function SecondFactor({ account: { accountId, name, secondFactor, factorReset } }: AccountProps) {
  const words = useMessages(messages);
  const said = useSaid();
  const params = { accountId };
  const confirmation = useChange('POST /api/staff/:accountId/second-factor-drop/confirm', STAFF);
  const refusal = useChange('POST /api/staff/:accountId/second-factor-drop/refuse', STAFF);
  const has = secondFactor ? words.yes : words.no;
  if (factorReset === null) return has;
  const agree = async () => said(await confirmation.send({ params }));
  const refuse = async () => {
    await refusal.send({ params });
  };
  return (
    <>
      {has}
      <p>{words.dropAsked(factorReset.by)}</p>
      <RowActions
        actions={[
          { label: words.dropAgree, ask: words.dropQuestion(name), run: agree },
          { label: words.dropRefuse, run: refuse },
        ]}
      />
    </>
  );
}

function AccountActions({ account }: AccountProps) {
  const words = useMessages(messages);
  const said = useSaid();
  const params = { accountId: account.accountId };
  const invitation = useChange('POST /api/staff/:accountId/invitation', STAFF);
  const state = useChange('POST /api/staff/:accountId/state', STAFF);
  const invite = async (withoutSecondFactor: boolean) => {
    return said(await invitation.send({ params, body: { withoutSecondFactor } }));
  };
  const set = async (disabled: boolean) => {
    await state.send({ params, body: { disabled } });
  };
  const endSessions = async () => {
    await call('POST /api/staff/:accountId/sessions/end', { params });
    return words.sessionsEnded;
  };
  const dropFactor = { label: words.dropFactor, ask: words.dropQuestion(account.name), run: () => invite(true) };
  return (
    <RowActions
      actions={[
        { label: words.invite, run: () => invite(false) },
        ...(account.secondFactor ? [dropFactor] : []),
        { label: words.endSessions, ask: words.endQuestion(account.name), run: endSessions },
        account.state === 'disabled'
          ? { label: words.enable, run: () => set(false) }
          : { label: words.disable, run: () => set(true) },
      ]}
    />
  );
}

interface FormsProps {
  readonly place: Field;
  readonly roles: NonNullable<Field['options']>;
}

function NewAccount({ place, roles }: FormsProps) {
  const words = useMessages(messages);
  const account = useChange('POST /api/staff', STAFF);
  const grant = useChange('POST /api/staff/:accountId/grants', STAFF);
  return (
    <Form
      title={words.addAccount}
      action={words.save}
      fields={[
        { name: 'login', label: words.login, kind: 'text' },
        { name: 'name', label: words.person, kind: 'text' },
        place,
        {
          name: 'roleId',
          label: words.role,
          kind: 'choice',
          optional: true,
          options: [{ value: '', label: words.none }, ...roles],
        },
      ]}
      run={async ({ login = '', name = '', scope = '', roleId = '' }) => {
        const { accountId, code } = await account.send({ body: { login, name, scope: scopeOf(scope) } });
        if (roleId !== '') await grant.send({ params: { accountId }, body: { roleId, scope: scopeOf(scope) } });
        return words.invitation(login, code);
      }}
    />
  );
}

function GiveRole({ staff, place, roles }: FormsProps & { readonly staff: readonly AccountReply[] }) {
  const words = useMessages(messages);
  const grant = useChange('POST /api/staff/:accountId/grants', STAFF);
  return (
    <Form
      title={words.giveRole}
      action={words.giveRole}
      fields={[
        {
          name: 'accountId',
          label: words.account,
          kind: 'choice',
          options: staff.map((one) => ({ value: one.accountId, label: `${one.login} — ${one.name}` })),
        },
        { name: 'roleId', label: words.role, kind: 'choice', options: roles },
        place,
      ]}
      run={async ({ accountId = '', roleId = '', scope = '' }) => {
        const { pending } = await grant.send({ params: { accountId }, body: { roleId, scope: scopeOf(scope) } });
        return pending ? words.pending : words.done;
      }}
    />
  );
}

function Import() {
  const words = useMessages(messages);
  const take = useChange('POST /api/staff/import', STAFF);
  return (
    <Form
      title={words.importAccounts}
      action={words.save}
      fields={[{ name: 'csv', label: words.importLead, kind: 'long', value: 'login,name,scope,role\n' }]}
      run={async ({ csv = '' }) => {
        const made = await take.send({ body: { csv } });
        return made.map(({ login, code }) => words.invitation(login, code)).join(' ');
      }}
    />
  );
}
