// One webhook beyond its settings: is anybody there, what was sent, what was given up.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Item } from '@/contract/admin';
import type { Webhook } from '@/contract/admin-types';
import { ApiError } from '@/contract/api-error';
import { send } from '@/contract/client';
import { count } from '@/lib/format/duration';
import { Button } from '@/ui/button';
import { Moment } from '@/ui/moment';
import {
  type Attempt,
  type DeadLetter,
  type Delivery,
  outcomeWords,
  type WebhookState,
} from './attempt';
import css from './webhook-extra.module.css';

/** So many of the newest are shown. */
const SHOWN = 20;

export function WebhookExtra({ item }: { item: Item<Webhook> }) {
  const path = `/admin/v1/webhooks/${item.id}`;
  return (
    <>
      <State path={path} revision={item.revision} />
      <Verify path={path} />
      <Deliveries path={path} />
      <DeadLetters path={path} />
    </>
  );
}

/** A new revision is asked about anew: saving starts a webhook whose receiver was gone. */
function State({ path, revision }: { path: string; revision: number }) {
  const { data, error } = useQuery({
    queryKey: ['webhook-state', path, revision],
    queryFn: () => send<WebhookState>('GET', `${path}/state`),
    refetchInterval: 10_000,
  });
  return (
    <section className={css.part} aria-label="State">
      <h3 className={css.title}>How it gets on</h3>
      {error !== null && <p role="alert">{error.message}</p>}
      {data?.gone && (
        <p className={css.gone} role="status">
          Stopped: the receiver said that it is gone. Save the webhook to start it again.
        </p>
      )}
      {data !== undefined && (
        <p className={css.hint}>
          {data.pending === 0
            ? 'Nothing waits to be sent.'
            : `${count(data.pending, 'event')} waiting.`}
        </p>
      )}
    </section>
  );
}

function Verify({ path }: { path: string }) {
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const verify = async () => {
    setPending(true);
    setRefusal(null);
    try {
      setAttempt(await send<Attempt>('POST', `${path}/verify`));
    } catch (error) {
      setRefusal(error instanceof ApiError ? error.message : String(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <section className={css.part} aria-label="Verify">
      <h3 className={css.title}>Is anybody there?</h3>
      <p className={css.hint}>Sends one signed test request to the saved address.</p>
      <div className={css.row}>
        <Button size="small" pending={pending} onClick={() => void verify()}>
          Send a test
        </Button>
        <span role="status">
          {refusal}
          {refusal === null && attempt !== null && outcomeWords(attempt)}
        </span>
      </div>
    </section>
  );
}

function Deliveries({ path }: { path: string }) {
  const { data, error } = useQuery({
    queryKey: ['deliveries', path],
    queryFn: () =>
      send<{ deliveries: Delivery[] }>('GET', `${path}/deliveries?limit=${SHOWN}`).then(
        ({ deliveries }) => deliveries,
      ),
    refetchInterval: 10_000,
  });
  return (
    <section className={css.part} aria-label="Deliveries">
      <h3 className={css.title}>Newest deliveries</h3>
      {error !== null && <p role="alert">{error.message}</p>}
      {data?.length === 0 && <p className={css.hint}>Nothing was sent yet.</p>}
      <ul className={css.list}>
        {data?.map((delivery) => (
          <li key={delivery.id} className={css.line}>
            <Moment at={delivery.at} />
            <span className={css.event}>{delivery.event}</span>
            <span data-bad={delivery.outcome !== 'delivered' || undefined}>
              {outcomeWords(delivery)}
              {delivery.retry > 0 && `, attempt ${delivery.retry + 1}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function DeadLetters({ path }: { path: string }) {
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ['dead-letters', path],
    queryFn: () =>
      send<{ deadLetters: DeadLetter[] }>('GET', `${path}/dead-letters?limit=${SHOWN}`).then(
        ({ deadLetters }) => deadLetters,
      ),
    refetchInterval: 10_000,
  });
  const [said, setSaid] = useState('');
  const replay = async (which: string) => {
    const done = await send<{ replayed: number }>('POST', `${path}/dead-letters/${which}`).then(
      ({ replayed }) => `${count(replayed, 'event')} will be tried again.`,
      (refused: Error) => refused.message,
    );
    setSaid(done);
    await client.invalidateQueries({ queryKey: ['dead-letters', path] });
  };
  return (
    <section className={css.part} aria-label="Dead letters">
      <h3 className={css.title}>Given up</h3>
      {error !== null && <p role="alert">{error.message}</p>}
      {data?.length === 0 && <p className={css.hint}>Nothing was given up.</p>}
      <ul className={css.list}>
        {data?.map((letter) => (
          <li key={letter.id} className={css.line}>
            <Moment at={letter.at} />
            <span className={css.event}>{letter.event}</span>
            <span>
              {outcomeWords(letter)}, {count(letter.attempts, 'attempt')}
            </span>
            <Button
              size="small"
              disabled={letter.replaying}
              onClick={() => void replay(`${letter.id}/replay`)}
            >
              {letter.replaying ? 'Trying again' : 'Try again'}
            </Button>
          </li>
        ))}
      </ul>
      {data !== undefined && data.length > 1 && (
        <Button size="small" onClick={() => void replay('replay')}>
          Try all again
        </Button>
      )}
      <p className={css.hint} role="status">
        {said}
      </p>
    </section>
  );
}
