import { paths } from '../../shared/paths.ts';
import { call } from '../../shared/client.ts';
import { Form } from '../../shared/form.tsx';
import { useMessages } from '../../shared/language.tsx';
import { messages } from '../messages/index.ts';
import { RowActions } from '../row-actions.tsx';

/** One's own password, and the way out. */
export function AccountPage() {
  const words = useMessages(messages);
  return (
    <>
      <Form
        title={words.password}
        action={words.change}
        fields={[
          { name: 'password', label: words.oldPassword, kind: 'password', autoComplete: 'current-password' },
          { name: 'newPassword', label: words.newPassword, kind: 'password', autoComplete: 'new-password' },
        ]}
        run={async ({ password = '', newPassword = '' }) => {
          await call('POST /api/session/password', { body: { password, newPassword } });
          return words.done;
        }}
      />
      <button
        type="button"
        onClick={() => void call('DELETE /api/session', {}).then(() => location.assign(paths.signIn()))}
      >
        {words.out}
      </button>
      <RowActions
        actions={[
          {
            label: words.endAll,
            ask: words.endAllQuestion,
            run: async () => {
              await call('POST /api/session/end-all', {});
              location.assign(paths.signIn());
            },
          },
        ]}
      />
    </>
  );
}
