// What is in a link: what was made on this visit, and what is written by hand.
import { TextInput } from '@mantine/core';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { RemoveButton } from '../fields/remove-button';
import css from './integration.module.css';
import type { HandOver } from './use-hand-over';
import type { Secret } from './wire';

/** Secrets of one link. */
const MOST = 20;

export function HandOverContents(handOver: HandOver) {
  const { gathered, leftOut, include, added, setAdded, size } = handOver;
  const edit = (index: number, change: Partial<Secret>) =>
    setAdded(added.map((each, at) => (at === index ? { ...each, ...change } : each)));
  return (
    <fieldset className={css.rights}>
      <legend className={css.label}>What is in it</legend>
      {gathered.map(({ label }) => (
        <label key={label} className={css.check}>
          <input
            type="checkbox"
            checked={!leftOut.has(label)}
            onChange={(event) => include(label, event.currentTarget.checked)}
          />
          <span>{label}</span>
        </label>
      ))}
      {gathered.length === 0 && added.length === 0 && (
        <p className={css.hint}>
          Tokens, passwords and keys that you make under Integration stand here until you leave the
          configuration.
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
          <RemoveButton
            what={`secret ${index + 1}`}
            onClick={() => setAdded(added.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div>
        <Button
          size="small"
          icon={<Icon name="plus" size={16} />}
          disabled={size >= MOST}
          onClick={() => setAdded([...added, { label: '', value: '' }])}
        >
          Add something else
        </Button>
      </div>
    </fieldset>
  );
}
