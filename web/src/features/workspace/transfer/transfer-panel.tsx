// Whom to hand the customer on to: found by name or typed as a number, then at once or after asking.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { isConference } from '../model/lines';
import type { Talking } from '../model/place';
import { type Target, type TargetOption, targetKey, targetOptions } from '../model/target';
import { untell } from '../model/told';
import { CLOSED, open } from '../model/ui';
import { run } from '../run/run';
import { usePending } from '../run/use-pending';
import { TRANSFER_BUTTON } from '../talk/controls';
import { Told } from '../talk/told';
import { TargetList } from './target-list';
import css from './transfer.module.css';
import { useTargets } from './use-targets';

const LIST = 'transfer-targets';

export function TransferPanel({ work }: { work: Talking }) {
  const { interactionId } = work;
  const [typed, setTyped] = useState('');
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const { targets, failed } = useTargets(typed.trim());
  const field = useRef<HTMLInputElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  const now = useRef<HTMLButtonElement>(null);
  useEffect(() => field.current?.focus(), []);
  const options = targetOptions(targets, typed);
  const chosen = options.find((each) => targetKey(each) === activeKey) ?? options[0];

  const close = () => {
    untell(interactionId);
    open(CLOSED);
    document.getElementById(TRANSFER_BUTTON)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && chosen !== undefined) {
      event.preventDefault();
      const next =
        options[Math.min(options.length - 1, Math.max(0, options.indexOf(chosen) + step))];
      setActiveKey(next === undefined ? null : targetKey(next));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      (chosen?.target.kind === 'queue' ? now : ask).current?.focus();
    }
  };
  return (
    <section
      className={css.panel}
      aria-label="Transfer"
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <Head onClose={close} />
      <input
        ref={field}
        className={css.search}
        id="transfer-search"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={LIST}
        aria-activedescendant={chosen && optionId(chosen)}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder="Name of a colleague or queue, or a number"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActiveKey(null);
          untell(interactionId);
        }}
        onKeyDown={onKeyDown}
      />
      <TargetList
        id={LIST}
        options={options}
        chosen={chosen}
        optionId={optionId}
        empty={emptyText(targets === null, failed, typed)}
        more={targets?.more === true}
        onChoose={(option) => setActiveKey(targetKey(option))}
      />
      <Told place={interactionId} inset />
      <Foot work={work} chosen={chosen?.target} ask={ask} now={now} />
    </section>
  );
}

function Head({ onClose }: { onClose: () => void }) {
  return (
    <div className={css.head}>
      <label htmlFor="transfer-search">Hand on to, or ask</label>
      <Button
        tone="quiet"
        size="small"
        label="Close"
        icon={<Icon name="cross" size={16} />}
        onClick={onClose}
      />
    </div>
  );
}

interface FootProps {
  work: Talking;
  chosen: Target | undefined;
  ask: React.RefObject<HTMLButtonElement | null>;
  now: React.RefObject<HTMLButtonElement | null>;
}

function Foot({ work, chosen, ask, now }: FootProps) {
  const { interactionId } = work;
  const consulting = usePending('consult', interactionId);
  const transferring = usePending('transfer', interactionId);
  const send = (kind: 'consult' | 'transfer') => {
    if (chosen !== undefined)
      run({ type: 'request', request: { kind, interactionId, to: chosen } });
  };
  return (
    <div className={css.foot}>
      <p className={css.hint}>{hint(chosen, isConference(work))}</p>
      <Button
        ref={now}
        icon={<Icon name="transfer" />}
        disabled={chosen === undefined || isConference(work)}
        pending={transferring}
        onClick={() => send('transfer')}
      >
        Hand on now
      </Button>
      <Button
        ref={ask}
        tone="primary"
        icon={<Icon name="phone" />}
        disabled={chosen === undefined || chosen.kind === 'queue'}
        pending={consulting}
        onClick={() => send('consult')}
      >
        Ask first
      </Button>
    </div>
  );
}

function hint(chosen: Target | undefined, conference: boolean): string {
  if (conference) return 'Asking puts the conference on hold. Then join the lines.';
  if (chosen?.kind === 'queue')
    return 'Handing on ends your part: the customer waits in the queue.';
  return 'Asking puts the customer on hold. Then hand over, or make a conference.';
}

function emptyText(loading: boolean, failed: boolean, typed: string): string {
  if (failed) return 'Who is free is not known: the server did not answer. A number can be typed.';
  return loading ? 'Looking who is free…' : `Nobody and no queue matches “${typed.trim()}”.`;
}

function optionId(option: TargetOption): string {
  return `${LIST}-${targetKey(option).replace(/[^\w:-]/g, '_')}`;
}
