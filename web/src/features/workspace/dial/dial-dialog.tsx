// Calling a number: the number, and on behalf of which queue. The rest is the center's setting.
import { Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { State } from '@/contract/types';
import { Button } from '@/ui/button';
import css from '@/ui/dialog.module.css';
import { Icon } from '@/ui/icon';
import { dialled } from '../model/target';
import { DIAL, tell, untell } from '../model/told';
import { CLOSED, open, useUi } from '../model/ui';
import { run } from '../run/run';
import { usePending } from '../run/use-pending';
import { Told } from '../talk/told';
import dialCss from './dial.module.css';

export function DialDialog({ queues }: { queues: State['queues'] }) {
  const opened = useUi(({ surface }) => surface.kind === 'dial');
  const close = () => {
    untell(DIAL);
    open(CLOSED);
  };
  return (
    <Modal opened={opened} onClose={close} title="Call a number" centered>
      <DialForm queues={queues.filter(({ mediaType }) => mediaType === 'phone')} />
    </Modal>
  );
}

function DialForm({ queues }: { queues: State['queues'] }) {
  const [number, setNumber] = useState('');
  const [queue, setQueue] = useState('');
  const pending = usePending('dial');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const to = dialled(number);
    if (to === null) return tell(DIAL, 'Type a telephone number: digits, and + in front at most.');
    const queueId = queue === '' ? null : Number(queue);
    run({ type: 'request', request: { kind: 'dial', to, queueId } });
  };
  return (
    <form className={dialCss.form} onSubmit={submit} noValidate>
      <label>
        Number
        <input
          className={dialCss.field}
          type="tel"
          autoComplete="off"
          data-autofocus
          value={number}
          onChange={(event) => {
            setNumber(event.target.value);
            untell(DIAL);
          }}
        />
      </label>
      <label>
        On behalf of
        <select
          className={dialCss.field}
          value={queue}
          aria-describedby="dial-behalf"
          onChange={(event) => setQueue(event.target.value)}
        >
          <option value="">No queue</option>
          {queues.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p className={dialCss.hint} id="dial-behalf">
        {queue === ''
          ? 'Counts for no queue. The center’s own number is shown.'
          : 'Its rules for recording and wrap-up apply. The center’s own number is shown.'}
      </p>
      <Told place={DIAL} inset />
      <div className={css.actions}>
        <Button onClick={() => open(CLOSED)}>Close</Button>
        <Button type="submit" tone="primary" icon={<Icon name="callOut" />} pending={pending}>
          Call
        </Button>
      </div>
    </form>
  );
}
