// Makes a link of what was just made, and of what is added by hand.
import { NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { Button } from '@/ui/button';
import { Once } from '@/ui/once';
import { HandOverContents } from './hand-over-contents';
import css from './integration.module.css';
import { Refusal } from './refusal';
import { type HandOver, useHandOver } from './use-hand-over';

const HOUR_MS = 3_600_000;
const LASTS = [
  { label: '1 hour', value: String(HOUR_MS) },
  { label: '1 day', value: String(24 * HOUR_MS) },
  { label: '7 days', value: String(7 * 24 * HOUR_MS) },
  { label: '30 days', value: String(30 * 24 * HOUR_MS) },
];

export function HandOverForm({ onMade }: { onMade: () => void }) {
  const handOver = useHandOver(onMade);
  const { act, url, size, make } = handOver;
  const atField = act.field === 'title' || act.field === 'passphrase';
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void make();
  };
  return (
    <form className={css.card} aria-label="Hand over" onSubmit={onSubmit} noValidate>
      <h2 className={css.cardTitle}>Hand over</h2>
      <Terms {...handOver} />
      <HandOverContents {...handOver} />
      <Refusal text={atField ? null : act.refusal} />
      <div className={css.row}>
        <Button type="submit" tone="primary" pending={act.pending} disabled={size === 0}>
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

function Terms({ wish, change, act }: HandOver) {
  return (
    <div className={css.fields}>
      <TextInput
        label="Title"
        description="Seen before the link is opened."
        autoComplete="off"
        value={wish.title}
        error={act.field === 'title' ? act.refusal : undefined}
        onChange={({ currentTarget }) => change({ title: currentTarget.value })}
      />
      <NativeSelect
        label="Can be opened for"
        description="Once, by whoever has the link."
        data={LASTS}
        value={String(wish.lastsMs)}
        onChange={({ currentTarget }) => change({ lastsMs: Number(currentTarget.value) })}
      />
      <PasswordInput
        label="Passphrase"
        description="Optional. Tell it by another way."
        autoComplete="off"
        value={wish.passphrase}
        error={act.field === 'passphrase' ? act.refusal : undefined}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the passphrase' }}
        onChange={({ currentTarget }) => change({ passphrase: currentTarget.value })}
      />
    </div>
  );
}
