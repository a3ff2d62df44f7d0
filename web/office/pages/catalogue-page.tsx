import { Link } from '../../shared/address.ts';
import { paths } from '../../shared/paths.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { QueryState, useQuery } from '../../shared/query.ts';
import { messages } from '../messages/index.ts';

/** Every service with the version that is in force. */
export function CataloguePage() {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const services = useQuery('GET /api/catalogue', {});
  if (services.data === null) return <QueryState of={services} />;
  return (
    <DataTable
      name={words.pages.catalogue}
      rows={services.data}
      keyOf={({ serviceId }) => serviceId}
      columns={[
        { label: words.letter, value: ({ letter }) => letter },
        { label: words.group, value: ({ group }) => group[language] },
        {
          label: words.service,
          value: ({ name }) => name[language],
          show: ({ serviceId, name }) => <Link href={paths.officeItem('catalogue', serviceId)}>{name[language]}</Link>,
        },
        { label: words.version, value: ({ version }) => version },
        { label: words.draft, value: ({ draft }) => (draft ? words.yes : words.no) },
        { label: words.pilotOnly, value: ({ pilotOnly }) => (pilotOnly ? words.yes : words.no) },
      ]}
    />
  );
}
