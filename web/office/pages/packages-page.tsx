import { goTo, Link } from '../../shared/address.ts';
import { paths } from '../../shared/paths.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Form } from '../../shared/form.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';

/** The templates of packages: several services that are asked for at once. */
export function PackagesPage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const templates = useQuery('GET /api/package-templates', {});
  if (templates.data === null) return <QueryState of={templates} />;
  return (
    <>
      <DataTable
        name={words.pages.packages}
        rows={templates.data}
        keyOf={({ templateId }) => templateId}
        columns={[
          {
            label: words.packageTemplate,
            value: ({ template }) => template.name[language],
            show: ({ templateId, template }) => (
              <Link href={paths.officeItem('packages', templateId)}>{template.name[language]}</Link>
            ),
          },
          { label: words.steps, value: ({ template }) => template.steps.length },
          { label: words.version, value: ({ version }) => version },
          { label: words.draft, value: ({ draft }) => (draft ? words.yes : words.no) },
        ]}
      />
      <Form
        title={words.newPackage}
        action={words.open}
        fields={[{ name: 'id', label: words.packageCode, kind: 'text' }]}
        run={async ({ id = '' }) => goTo(paths.officeItem('packages', id))}
      />
    </>
  );
}
