// Who is listening to the tenant's events, and how far behind.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { count } from '@/lib/format/duration';
import type { Help } from '@/lib/help';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Moment } from '@/ui/moment';
import css from './integration.module.css';
import { Loading, Page } from './page';
import { readSubscriptions } from './wire';

const HELP: Help = {
  links: [
    {
      label: 'Contract: event subscriptions',
      href: '/contracts/administration#event-subscriptions',
    },
    { label: 'Contract: Streaming API', href: '/contracts/streaming-api' },
    { label: 'Contract: Event Streaming', href: '/contracts/event-streaming' },
  ],
};

export default function EventSubscriptionsPage() {
  const query = useQuery({
    queryKey: ['event-subscriptions'],
    queryFn: readSubscriptions,
    refetchInterval: 5_000,
  });
  const { data, error, dataUpdatedAt } = query;
  return (
    <Page
      title="Event subscriptions"
      about="Programs that listen to what happens, and how far behind each of them is."
      help={HELP}
    >
      {data === undefined ? (
        <Loading error={error} again={query.refetch} />
      ) : (
        <>
          <div className={css.row}>
            <Button
              icon={<Icon name="catchUp" />}
              pending={query.isFetching}
              onClick={() => void query.refetch()}
            >
              Refresh
            </Button>
            <span className={css.hint} role={error === null ? undefined : 'alert'}>
              {error !== null && `Not up to date: ${error.message} `}
              As of <Moment at={dataUpdatedAt} />
            </span>
          </div>
          <Listing
            title="Streaming API clients"
            nothing="No client is connected."
            heads={['Subscription', 'Connected since', 'Form', 'Last event', 'Behind']}
            rows={data.streamClients.map((client) => [
              client.subscriptionId,
              <Moment key="since" at={client.connectedSince} />,
              client.outputType,
              client.sequence.toLocaleString(),
              behind(client.lag),
            ])}
          />
          <Listing
            title="Event Streaming subscriptions"
            nothing="There is no subscription."
            heads={['Subscription', 'Topic', 'Type', 'Consumers', 'Behind']}
            rows={data.subscriptions.map((each) => [
              each.name,
              each.topic,
              each.type ?? '',
              each.consumers,
              behind(each.backlog),
            ])}
          />
        </>
      )}
    </Page>
  );
}

function behind(events: number): string {
  return events === 0 ? 'up to date' : count(events, 'event');
}

interface ListingProps {
  title: string;
  nothing: string;
  heads: readonly string[];
  rows: readonly (readonly ReactNode[])[];
}

function Listing({ title, nothing, heads, rows }: ListingProps) {
  return (
    <section aria-label={title}>
      <h2 className={css.cardTitle}>{title}</h2>
      {rows.length === 0 ? (
        <p className={css.nothing}>{nothing}</p>
      ) : (
        <div className={css.scroll}>
          <table className={css.table}>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((cells) => (
                <tr key={`${cells[0]} ${cells[1]}`}>
                  {cells.map((cell, index) => (
                    <td key={heads[index]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
