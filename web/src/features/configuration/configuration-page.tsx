// The Configuration Manager: its navigation, and the page that the address names.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { ApiError } from '@/contract/api-error';
import { Message } from '@/ui/message';
import css from './configuration.module.css';
import { Navigation } from './navigation';
import { ResourceScreen } from './resource/resource-screen';
import { SPECS } from './resources/all';
import { FIRST } from './sections';

const PAGES = {
  'crm-api': lazy(() => import('./integration/crm-api-page')),
  'api-token': lazy(() => import('./integration/api-token-page')),
  'api-keys': lazy(() => import('./integration/api-keys-page')),
  'one-time-links': lazy(() => import('./integration/one-time-links-page')),
  'event-subscriptions': lazy(() => import('./integration/event-subscriptions-page')),
  center: lazy(() => import('./tenant/tenant-page')),
  audit: lazy(() => import('./audit/audit-page')),
};

interface ConfigurationPageProps {
  section: string | undefined;
  id: string | undefined;
}

export function ConfigurationPage({ section = FIRST, id }: ConfigurationPageProps) {
  // One per visit: what one person read is not shown to the next.
  const [client] = useState(newClient);
  return (
    <QueryClientProvider client={client}>
      <div className={css.page}>
        <Navigation here={section} />
        <div className={css.section}>
          <Suspense>
            <Section key={section} section={section} id={id} />
          </Suspense>
        </div>
      </div>
    </QueryClientProvider>
  );
}

function Section({ section, id }: { section: string; id: string | undefined }) {
  if (section in SPECS) {
    const spec = SPECS[section as keyof typeof SPECS];
    return <ResourceScreen spec={spec as never} open={id} />;
  }
  if (section in PAGES) {
    const Page = PAGES[section as keyof typeof PAGES];
    return <Page />;
  }
  return (
    <main className={css.nothing}>
      <Message icon="search" title="There is no such page">
        <p>Choose one from the list.</p>
      </Message>
    </main>
  );
}

function newClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal stays one; only what may pass is tried again.
        retry: (tries, error) => tries < 2 && error instanceof ApiError && error.retryable,
        networkMode: 'always',
      },
    },
  });
}
