// Secrets that somebody hands over by a link: it asks before it opens, because it opens once.
import { PasswordInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { ApiError } from '@/contract/api-error';
import { type Look, look, type Opened, open } from '@/contract/handover';
import { useTitle } from '@/lib/use-title';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Logo } from '@/ui/logo';
import { Moment } from '@/ui/moment';
import { Once } from '@/ui/once';
import { UntrustedText } from '@/ui/untrusted-text';
import css from './handover.module.css';

type Stage =
  | { kind: 'looking' }
  | { kind: 'unreachable'; message: string }
  | { kind: 'gone' }
  | { kind: 'closed'; about: Look }
  | { kind: 'opened'; secrets: Opened };

export function HandoverPage() {
  useTitle('Handed over to you');
  const [token] = useState(() => window.location.hash.slice(1));
  const [stage, setStage] = useState<Stage>({ kind: 'looking' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt looks again
  useEffect(() => {
    let here = true;
    look(token)
      .then((about): Stage => ({ kind: 'closed', about }), stageOf)
      .then((next) => here && setStage(next));
    return () => {
      here = false;
    };
  }, [token, attempt]);
  switch (stage.kind) {
    case 'looking':
      return (
        <Card title="Handed over to you">
          <p role="status">Looking for what is behind this link…</p>
        </Card>
      );
    case 'unreachable':
      return (
        <Card title="Handed over to you">
          <p role="alert">{stage.message} Nothing was opened.</p>
          <Button onClick={() => setAttempt((n) => n + 1)}>Try again</Button>
        </Card>
      );
    case 'gone':
      return (
        <Card title="There is nothing behind this link any more">
          <p>
            It was opened before, it expired, or it was revoked. If it was not you who opened it,
            tell the one who sent it: what was in it should then be made anew.
          </p>
        </Card>
      );
    case 'closed':
      return <Closed token={token} about={stage.about} onStage={setStage} />;
    case 'opened':
      return <Open secrets={stage.secrets} />;
  }
}

function stageOf(error: unknown): Stage {
  if (!(error instanceof ApiError)) throw error;
  const gone = error.status === 404 || error.status === 400;
  return gone ? { kind: 'gone' } : { kind: 'unreachable', message: error.message };
}

interface ClosedProps {
  token: string;
  about: Look;
  onStage: (stage: Stage) => void;
}

function Closed({ token, about, onStage }: ClosedProps) {
  const [passphrase, setPassphrase] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setRefusal(null);
    try {
      const secrets = await open(token, passphrase);
      // What is in the address cannot be opened again, so it need not stay there.
      window.history.replaceState(window.history.state, '', window.location.pathname);
      onStage({ kind: 'opened', secrets });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404) onStage({ kind: 'gone' });
      else setRefusal(error.message);
    } finally {
      setPending(false);
    }
  };
  return (
    <Card title={about.title}>
      <form className={css.form} onSubmit={(event) => void onSubmit(event)} noValidate>
        <p>
          This opens <b>once</b>. Be ready to keep what is in it: nobody can open it again.
        </p>
        <p className={css.soft}>
          It can be opened until <Moment at={about.expiresAt} />.
        </p>
        {about.needsPassphrase && (
          <PasswordInput
            label="Passphrase"
            description="You were told it by another way. Five wrong ones destroy what is in it."
            autoComplete="off"
            size="md"
            value={passphrase}
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the passphrase' }}
            onChange={({ currentTarget }) => setPassphrase(currentTarget.value)}
          />
        )}
        <div role="alert">
          {refusal !== null && (
            <p className={css.refusal}>
              <Icon name="warning" />
              {refusal}
            </p>
          )}
        </div>
        <Button
          type="submit"
          tone="primary"
          pending={pending}
          disabled={about.needsPassphrase && passphrase === ''}
        >
          Open it now
        </Button>
      </form>
    </Card>
  );
}

function Open({ secrets: { title, items } }: { secrets: Opened }) {
  return (
    <Card title={title}>
      <p role="status">Opened. Copy everything before you leave this page.</p>
      {items.map(({ label, value }) => (
        <Once key={label} label={label} value={value} />
      ))}
    </Card>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={css.page}>
      <div className={css.card}>
        <div className={css.brand}>
          <Logo size={32} />
          Cordboard
        </div>
        <h1 className={css.title}>
          <UntrustedText text={title} />
        </h1>
        {children}
      </div>
    </main>
  );
}
