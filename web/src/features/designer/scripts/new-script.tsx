// A new script: its name first, drawn from nothing or from a file.
import { Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { idempotencyKey } from '@/contract/client';
import { Button } from '@/ui/button';
import dialogCss from '@/ui/dialog.module.css';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { messageOf } from '../api/message';
import { createScript } from '../api/scripts';
import { Field } from '../form/field';
import { type Drawing, EMPTY_FLOW } from '../graph/flow';
import { parseDrawing } from '../graph/flow-json';
import css from './scripts.module.css';

export function NewScript({ onMade }: { onMade: (id: number) => void }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button tone="primary" icon={<Icon name="plus" size={16} />} onClick={() => setOpened(true)}>
        New script
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="New script" centered>
        <Form onMade={onMade} onClose={() => setOpened(false)} />
      </Modal>
    </>
  );
}

const NOTHING: Drawing = { flow: EMPTY_FLOW, layout: new Map() };

function Form({ onMade, onClose }: { onMade: (id: number) => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const [drawing, setDrawing] = useState(NOTHING);
  const [fault, setFault] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [key] = useState(idempotencyKey);
  const read = async (file: File | undefined) => {
    setFault(null);
    setDrawing(NOTHING);
    if (file === undefined) return;
    try {
      const { name: found, flow, layout } = parseDrawing(await file.text());
      setDrawing({ flow, layout });
      if (found !== null) setName((typed) => typed || found);
    } catch (error) {
      setFault(messageOf(error));
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return setFault('Give it a name.');
    setPending(true);
    try {
      onMade((await createScript({ name: name.trim(), ...drawing }, key)).id);
    } catch (error) {
      setFault(messageOf(error));
      setPending(false);
    }
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <Field title="Name">
        {(control) => (
          <input
            {...control}
            type="text"
            data-autofocus
            autoComplete="off"
            maxLength={128}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <Field title="From a file" optional>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".json,application/json"
            onChange={({ target }) => void read(target.files?.[0])}
          />
        )}
      </Field>
      {fault !== null && (
        <p role="alert" className={css.fault}>
          <UntrustedText text={fault} />
        </p>
      )}
      <div className={dialogCss.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="primary" pending={pending}>
          Draw it
        </Button>
      </div>
    </form>
  );
}
