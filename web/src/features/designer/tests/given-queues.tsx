// Queues that are not quiet in a test: all others are staffed, with an agent free and nobody waiting.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import formCss from '../form/form.module.css';
import { PickMenu } from '../form/pick-menu';
import { getIn, isRecord, type JsonRecord } from '../graph/json';
import { nameOf } from '../graph/vocabulary';
import { useDesigner } from '../state/context';
import type { TestPartProps } from './test-editor';
import { setGiven } from './test-json';
import css from './tests.module.css';

export function GivenQueues({ test, onChange }: TestPartProps) {
  const { names } = useDesigner().vocabulary;
  const queues = isRecord(test.given['queues']) ? (test.given['queues'] as JsonRecord) : {};
  const free = names.queue.filter(({ id }) => !(String(id) in queues));
  return (
    <fieldset className={formCss.list}>
      <legend className={formCss.title}>Busy queues</legend>
      {Object.keys(queues).map((id) => (
        <Queue key={id} id={id} test={test} onChange={onChange} />
      ))}
      <PickMenu
        title="Add a busy queue"
        items={free.map(({ id, name }) => ({ id: String(id), title: name }))}
        onPick={(id) => onChange(setGiven(test, ['queues', id], { noAgentAvailable: true }))}
      />
    </fieldset>
  );
}

const FLAGS = [
  { key: 'noAgentAvailable', title: 'No agent is free' },
  { key: 'noAgentLoggedIn', title: 'No agent is logged in' },
] as const;

const NUMBERS = [
  { key: 'waiting', title: 'How many wait', size: 1 },
  { key: 'longestWaitMs', title: 'The first has waited, in seconds', size: 1_000 },
] as const;

function Queue({ id, test, onChange }: TestPartProps & { id: string }) {
  const { names } = useDesigner().vocabulary;
  const name = nameOf(names, 'queue', Number(id));
  const at = (key: string) => getIn(test.given, ['queues', id, key]);
  const set = (key: string, value: boolean | number) =>
    onChange(setGiven(test, ['queues', id, key], value), `${id} ${key}`);
  return (
    <div className={formCss.entry}>
      <div className={formCss.entryHead}>
        <b className={formCss.number}>{name}</b>
        <Button
          tone="quiet"
          size="small"
          label={`Remove ${name}`}
          icon={<Icon name="cross" size={14} />}
          onClick={() => onChange(setGiven(test, ['queues', id], undefined))}
        />
      </div>
      {FLAGS.map(({ key, title }) => (
        <label key={key} className={formCss.flag}>
          <input
            type="checkbox"
            checked={at(key) === true}
            onChange={({ target }) => set(key, target.checked)}
          />
          {title}
        </label>
      ))}
      {NUMBERS.map(({ key, title, size }) => (
        <label key={key} className={css.number}>
          {title}
          <input
            className={formCss.control}
            type="number"
            min={0}
            value={Number(at(key) ?? 0) / size}
            onChange={({ target }) =>
              set(key, Math.max(0, Math.round(target.valueAsNumber || 0)) * size)
            }
          />
        </label>
      ))}
    </div>
  );
}
