import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { ErrorBoundary } from '../error-boundary.tsx';

interface PagesProps {
  readonly label: string;
  readonly pages: readonly { readonly id: string; readonly title: string; readonly content: ReactNode }[];
}

/** Several pages in one place, one at a time. */
export function Pages({ label, pages }: PagesProps) {
  return (
    <Tabs className="pages">
      <TabList aria-label={label}>
        {pages.map(({ id, title }) => (
          <Tab key={id} id={id}>
            {title}
          </Tab>
        ))}
      </TabList>
      {pages.map(({ id, content }) => (
        <TabPanel key={id} id={id}>
          <ErrorBoundary>{content}</ErrorBoundary>
        </TabPanel>
      ))}
    </Tabs>
  );
}
