import { useCallback } from 'react';
import type { AccountReply, InvitedReply } from '../../../contract/people.ts';
import { call } from '../../shared/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { type Field, Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { useLoaded } from '../load.ts';
import { messages } from '../messages/index.ts';
import { RowActions } from '../row-actions.tsx';

type Scope = AccountReply['scope'];

/** `centre:84` → the scope. */
function scopeOf(text: string): Scope {
  const [kind = 'network', id = ''] = text.split(':');
  return kind === 'network' ? { kind, id: null } : { kind: kind as 'district' | 'centre' | 'agency', id };
}

/** The accounts one may manage: new ones, their roles, new codes, and shutting one. */
export function StaffPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const ask = useCallback(
    async () => ({
      staff: await call('GET /api/staff', {}),
      roles: await call('GET /api/roles', {}),
      centres: await call('GET /api/centres', {}),
      districts: await call('GET /api/districts', {}),
    }),
    [],
  );
  const { value, problem, reload } = useLoaded(ask);
  if (problem !== null) return <p className="problem">{problem}</p>;
  if (value === null) return null;
  const { staff, roles, centres, districts } = value;
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
      <StaffTable staff={staff} roles={roleOptions} placeName={placeName} reload={reload} />
      <div className="columns">
        <NewAccount place={place} roles={roleOptions} reload={reload} />
        <GiveRole staff={staff} place={place} roles={roleOptions} reload={reload} />
        <Import reload={reload} />
      </div>
    </>
  );
}

interface StaffTableProps {
  readonly staff: readonly AccountReply[];
  readonly roles: NonNullable<Field['options']>;
  readonly placeName: (scope: Scope) => string;
  readonly reload: () => Promise<void>;
}

function StaffTable({ staff, roles, placeName, reload }: StaffTableProps) {
  const words = useMessages(messages);
  const roleName = (roleId: string) => roles.find(({ value }) => value === roleId)?.label ?? roleId;
  const decide = async (grantId: string, decision: 'confirm' | 'revoke') => {
    await call(`POST /api/grants/:grantId/${decision}`, { params: { grantId } });
    await reload();
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
          show: (account) => <SecondFactor account={account} reload={reload} />,
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
                    ...(pending ? [{ label: words.confirm, run: () => decide(grantId, 'confirm') }] : []),
                    { label: words.revoke, run: () => decide(grantId, 'revoke') },
                  ]}
                />
              </div>
            )),
        },
        {
          label: words.account,
          value: ({ accountId }) => accountId,
          show: (account) => <AccountActions account={account} reload={reload} />,
        },
      ]}
    />
  );
}

interface AccountProps {
  readonly account: AccountReply;
  readonly reload: () => Promise<void>;
}

/** The new code, to be handed over; or that a second person has to agree first. */
function useSaid() {
  const words = useMessages(messages);
  return ({ login, code, secondFactor }: InvitedReply) =>
    login === null || code === null
      ? words.waitsForSecond
      : `${words.invitation(login, code)}${secondFactor === 'dropped' ? ` ${words.factorDropped}` : ''}`;
}

function SecondFactor({ account: { accountId, name, secondFactor, factorReset }, reload }: AccountProps) {
  const words = useMessages(messages);
  const said = useSaid();
  const params = { accountId };
  const has = secondFactor ? words.yes : words.no;
  if (factorReset === null) return has;
  const agree = async () => {
    const told = said(await call('POST /api/staff/:accountId/second-factor-drop/confirm', { params }));
    await reload();
    return told;
  };
  const refuse = async () => {
    await call('POST /api/staff/:accountId/second-factor-drop/refuse', { params });
    await reload();
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

function AccountActions({ account, reload }: AccountProps) {
  const words = useMessages(messages);
  const said = useSaid();
  const params = { accountId: account.accountId };
  const invite = async (withoutSecondFactor: boolean) => {
    const invited = await call('POST /api/staff/:accountId/invitation', { params, body: { withoutSecondFactor } });
    await reload();
    return said(invited);
  };
  const set = async (disabled: boolean) => {
    await call('POST /api/staff/:accountId/state', { params, body: { disabled } });
    await reload();
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
  readonly reload: () => Promise<void>;
}

function NewAccount({ place, roles, reload }: FormsProps) {
  const words = useMessages(messages);
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
        const { accountId, code } = await call('POST /api/staff', { body: { login, name, scope: scopeOf(scope) } });
        if (roleId !== '')
          await call('POST /api/staff/:accountId/grants', {
            params: { accountId },
            body: { roleId, scope: scopeOf(scope) },
          });
        await reload();
        return words.invitation(login, code);
      }}
    />
  );
}

function GiveRole({ staff, place, roles, reload }: FormsProps & { readonly staff: readonly AccountReply[] }) {
  const words = useMessages(messages);
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
        const { pending } = await call('POST /api/staff/:accountId/grants', {
          params: { accountId },
          body: { roleId, scope: scopeOf(scope) },
        });
        await reload();
        return pending ? words.pending : words.done;
      }}
    />
  );
}

function Import({ reload }: Pick<FormsProps, 'reload'>) {
  const words = useMessages(messages);
  return (
    <Form
      title={words.importAccounts}
      action={words.save}
      fields={[{ name: 'csv', label: words.importLead, kind: 'long', value: 'login,name,scope,role\n' }]}
      run={async ({ csv = '' }) => {
        const made = await call('POST /api/staff/import', { body: { csv } });
        await reload();
        return made.map(({ login, code }) => words.invitation(login, code)).join(' ');
      }}
    />
  );
}
