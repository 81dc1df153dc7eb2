// The tokens with which programs read events and write data (Configuration Manager, "API Token").
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Help } from '@/lib/help';
import { Button } from '@/ui/button';
import dialog from '@/ui/dialog.module.css';
import { Moment } from '@/ui/moment';
import { Once } from '@/ui/once';
import { HandOverBar } from './hand-over-bar';
import css from './integration.module.css';
import { keepSecret } from './just-made';
import { Loading, Page } from './page';
import { Refusal } from './refusal';
import { useAct } from './use-act';
import { type Made, makeToken, readApiToken, type TokenKind } from './wire';

interface Token {
  kind: TokenKind;
  title: string;
  opens: string;
  /** What stops working when a new one is made. */
  breaks: string;
}

const TOKENS: readonly Token[] = [
  {
    kind: 'data-request-token',
    title: 'Data Request Token',
    opens: 'Opens event streams and statistics.',
    breaks:
      'Every program that reads events or statistics with the current token is refused from then on, and its open streams end at once.',
  },
  {
    kind: 'action-request-token',
    title: 'Action Request Token',
    opens: 'Opens data augmentation, agent status and calls.',
    breaks:
      'Every program that sets variables, changes an agent’s status or places calls with the current token is refused from then on.',
  },
];

const HELP: Help = {
  links: [
    { label: 'Contract: credentials', href: '/contracts/administration#credentials' },
    { label: 'Contract: Streaming API', href: '/contracts/streaming-api' },
    { label: 'Contract: Data Augmentation', href: '/contracts/data-augmentation' },
  ],
};

export default function ApiTokenPage() {
  const query = useQuery({ queryKey: ['api-token'], queryFn: readApiToken });
  const { data } = query;
  return (
    <Page
      title="API Token"
      about="How programs sign in to read events and to write data."
      help={HELP}
    >
      {data === undefined ? (
        <Loading error={query.error} again={query.refetch} />
      ) : (
        <>
          <section className={css.card} aria-label="Username">
            <Once label="Username" value={data.username} />
          </section>
          {TOKENS.map((token) => (
            <TokenCard
              key={token.kind}
              token={token}
              made={
                token.kind === 'data-request-token'
                  ? data.dataRequestToken
                  : data.actionRequestToken
              }
              onMade={() => void query.refetch()}
            />
          ))}
          <HandOverBar />
        </>
      )}
    </Page>
  );
}

interface TokenCardProps {
  token: Token;
  made: Made;
  onMade: () => void;
}

function TokenCard({ token: { kind, title, opens, breaks }, made, onMade }: TokenCardProps) {
  const [asking, setAsking] = useState(false);
  const [fresh, setFresh] = useState<string | null>(null);
  const act = useAct();
  const make = async () => {
    const answer = await act.run(() => makeToken(kind));
    setAsking(false);
    if (answer === null) return;
    keepSecret({ label: 'API Token username', value: answer.username });
    keepSecret({ label: title, value: answer.token });
    setFresh(answer.token);
    onMade();
  };
  return (
    <section className={css.card} aria-label={title}>
      <div className={css.cardHead}>
        <div>
          <h2 className={css.cardTitle}>{title}</h2>
          <p className={css.hint}>
            {opens} <MadeWords made={made} />
          </p>
        </div>
        <Button pending={act.pending} onClick={() => setAsking(true)}>
          New Token
        </Button>
      </div>
      <Refusal text={act.refusal} />
      {fresh !== null && (
        <>
          <Once label={`New ${title}`} value={fresh} />
          <p className={css.hint}>Copy it now, or hand it over: it is never shown again.</p>
        </>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Make a new ${title}?`}
        centered
      >
        <p>{breaks} This cannot be undone.</p>
        <div className={dialog.actions}>
          <Button onClick={() => setAsking(false)} data-autofocus>
            Keep the current one
          </Button>
          <Button tone="danger" pending={act.pending} onClick={() => void make()}>
            Make a new token
          </Button>
        </div>
      </Modal>
    </section>
  );
}

function MadeWords({ made: { madeAt, by } }: { made: Made }) {
  if (madeAt === null) return <>The current one is as old as the center, if there is one.</>;
  return (
    <>
      The current one was made <Moment at={madeAt} />
      {by !== null && ` by ${by.name}`}.
    </>
  );
}
