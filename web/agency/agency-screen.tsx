import { useState } from 'react';
import type { ApplicationFile } from '../../contract/application-shapes.ts';
import { ApplicationTable } from '../shared/application/application-table.tsx';
import { ApplicationView } from '../shared/application/application-view.tsx';
import { call } from '../shared/client.ts';
import { Frame } from '../shared/frame.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useQuery } from '../shared/query.ts';
import { Pages } from '../shared/ui/pages.tsx';
import { AgencyMessages } from './agency-messages.tsx';
import { AgencyPapers } from './agency-papers.tsx';
import { messages } from './messages/index.ts';
import { partOfPath } from '../shared/place.ts';

const ASK_EVERY_MS = 10_000;
const SELDOM_MS = 300_000;

/** The workplace of agency staff: its applications, papers in and out, and messages that did not arrive. */
export function AgencyScreen() {
  const agencyId = partOfPath(1);
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { data: agencies } = useQuery('GET /api/agencies', {}, SELDOM_MS);
  const name = agencies?.find((one) => one.agencyId === agencyId)?.name[language];
  return (
    <Frame over={words.title} title={name} timeZone={null}>
      <Pages
        label={words.pages}
        pages={[
          { id: 'applications', title: words.applications, content: <Applications agencyId={agencyId} /> },
          { id: 'papers', title: words.papers, content: <AgencyPapers agencyId={agencyId} /> },
          { id: 'messages', title: words.messages, content: <AgencyMessages agencyId={agencyId} /> },
        ]}
      />
    </Frame>
  );
}

function Applications({ agencyId }: { readonly agencyId: string }) {
  const words = useMessages(messages);
  const [file, setFile] = useState<ApplicationFile | null>(null);
  const rows = useQuery('GET /api/agencies/:agencyId/applications', { params: { agencyId }, query: {} }, ASK_EVERY_MS);
  const open = (applicationId: string) =>
    void call('GET /api/applications/:applicationId', { params: { applicationId } }).then(setFile);
  if (file !== null)
    return (
      <div>
        <button type="button" onClick={() => setFile(null)}>
          {words.toList}
        </button>
        <ApplicationView file={file} changed={setFile} />
      </div>
    );
  if (rows.data === null) return <QueryState of={rows} />;
  return (
    <>
      <QueryState of={rows} />
      <ApplicationTable
        name={words.list}
        rows={rows.data}
        due={{ label: words.due, of: ({ agencyBy }) => agencyBy }}
        open={open}
      />
    </>
  );
}
