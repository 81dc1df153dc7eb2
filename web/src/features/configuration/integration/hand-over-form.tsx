// Makes a link of what was just made, and of what is added by hand.
import { NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { idempotencyKey } from '@/contract/client';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Once } from '@/ui/once';
import css from './integration.module.css';
import { forgetSecrets, useJustMade } from './just-made';
import { Refusal } from './refusal';
import { useAct } from './use-act';
import { makeSecretLink, type NewLink, type Secret } from './wire';

const HOUR_MS = 3_600_000;
const LASTS = [
  { label: '1 hour', value: String(HOUR_MS) },
  { label: '1 day', value: String(24 * HOUR_MS) },
  { label: '7 days', value: String(7 * 24 * HOUR_MS) },
  { label: '30 days', value: String(30 * 24 * HOUR_MS) },
];
/** Secrets of one link. */
const MOST = 20;

export function HandOverForm({ onMade }: { onMade: () => void }) {
  const gathered = useJustMade((store) => store.secrets);
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [added, setAdded] = useState<Secret[]>([]);
  const [title, setTitle] = useState('Integration credentials');
  const [lasts, setLasts] = useState(String(24 * HOUR_MS));
  const [passphrase, setPassphrase] = useState('');
  const [url, setUrl] = useState<string | null>(null);
  const sent = useRef({ body: '', key: '' });
  const act = useAct();
  const items = [...gathered.filter(({ label }) => !leftOut.has(label)), ...added];
  const make = async () => {
    const secret = passphrase === '' ? {} : { passphrase };
    const body: NewLink = { title, items, expiresInMs: Number(lasts), ...secret };
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, key: idempotencyKey() };
    const answer = await act.run(() => makeSecretLink(body, sent.current.key));
    if (answer === null) return;
    setUrl(new URL(answer.url, window.location.origin).href);
    forgetSecrets();
    setAdded([]);
    setPassphrase('');
    onMade();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void make();
  };
  const toggle = (label: string, on: boolean) => {
    const next = new Set(leftOut);
    if (on) next.delete(label);
    else next.add(label);
    setLeftOut(next);
  };
  const edit = (index: number, change: Partial<Secret>) =>
    setAdded(added.map((each, at) => (at === index ? { ...each, ...change } : each)));
  return (
    <form className={css.card} aria-label="Hand over" onSubmit={onSubmit} noValidate>
      <h2 className={css.cardTitle}>Hand over</h2>
      <div className={css.fields}>
        <TextInput
          label="Title"
          description="Seen before the link is opened."
          autoComplete="off"
          value={title}
          error={act.field === 'title' ? act.refusal : undefined}
          onChange={({ currentTarget }) => setTitle(currentTarget.value)}
        />
        <NativeSelect
          label="Opens until"
          description="Once, within"
          data={LASTS}
          value={lasts}
          onChange={({ currentTarget }) => setLasts(currentTarget.value)}
        />
        <PasswordInput
          label="Passphrase"
          description="Optional. Tell it by another way."
          autoComplete="off"
          value={passphrase}
          error={act.field === 'passphrase' ? act.refusal : undefined}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the passphrase' }}
          onChange={({ currentTarget }) => setPassphrase(currentTarget.value)}
        />
      </div>
      <fieldset className={css.rights}>
        <legend className={css.label}>What is in it</legend>
        {gathered.map(({ label }) => (
          <label key={label} className={css.check}>
            <input
              type="checkbox"
              checked={!leftOut.has(label)}
              onChange={(event) => toggle(label, event.currentTarget.checked)}
            />
            <span>{label}</span>
          </label>
        ))}
        {gathered.length === 0 && added.length === 0 && (
          <p className={css.hint}>
            Tokens, passwords and keys that you make under Integration stand here until you leave
            the configuration.
          </p>
        )}
        {added.map((secret, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: both parts change as they are typed
          <div key={index} className={css.row}>
            <TextInput
              aria-label={`Name of secret ${index + 1}`}
              placeholder="Name"
              value={secret.label}
              onChange={({ currentTarget }) => edit(index, { label: currentTarget.value })}
            />
            <TextInput
              aria-label={`Secret ${index + 1}`}
              placeholder="Secret"
              autoComplete="off"
              value={secret.value}
              onChange={({ currentTarget }) => edit(index, { value: currentTarget.value })}
            />
            <Button
              tone="quiet"
              size="small"
              label={`Remove secret ${index + 1}`}
              icon={<Icon name="cross" size={16} />}
              onClick={() => setAdded(added.filter((_, at) => at !== index))}
            />
          </div>
        ))}
        <div>
          <Button
            size="small"
            icon={<Icon name="plus" size={16} />}
            disabled={items.length >= MOST}
            onClick={() => setAdded([...added, { label: '', value: '' }])}
          >
            Add something else
          </Button>
        </div>
      </fieldset>
      <Refusal text={act.field === 'title' || act.field === 'passphrase' ? null : act.refusal} />
      <div className={css.row}>
        <Button type="submit" tone="primary" pending={act.pending} disabled={items.length === 0}>
          Make the link
        </Button>
      </div>
      {url !== null && (
        <>
          <Once label="Link" value={url} />
          <p className={css.hint}>
            Send it as it is. Whoever opens it first sees the secrets; nobody can open it again, you
            neither.
          </p>
        </>
      )}
    </form>
  );
}
