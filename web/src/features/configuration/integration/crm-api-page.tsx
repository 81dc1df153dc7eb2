// Access of programs to customers and cases (Configuration Manager, "CRM API").
import { Modal, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Help } from '@/lib/help';
import { useHotkeys } from '@/lib/hotkeys';
import { Button } from '@/ui/button';
import dialog from '@/ui/dialog.module.css';
import { Once } from '@/ui/once';
import { ToggleField } from '../fields/toggle-field';
import { SAVE } from '../keys';
import { same } from '../resource/difference';
import { LeaveDialog } from '../resource/leave-dialog';
import { capital, OBJECTS, RIGHTS, rightOf } from './crm-rights';
import { HandOverBar } from './hand-over-bar';
import css from './integration.module.css';
import { keepSecret } from './just-made';
import { Loading, Page } from './page';
import { Refusal } from './refusal';
import { useAct } from './use-act';
import { type CrmApi, makeCrmPassword, readCrmApi, replaceCrmApi } from './wire';

const HELP: Help = {
  keys: [{ label: 'Save', chord: SAVE }],
  links: [{ label: 'Contract: credentials', href: '/contracts/administration#credentials' }],
};
const KEY = ['crm-api'];

export default function CrmApiPage() {
  const query = useQuery({ queryKey: KEY, queryFn: readCrmApi });
  return (
    <Page title="CRM API" about="How programs read and write customers and cases." help={HELP}>
      {query.data === undefined ? (
        <Loading error={query.error} again={query.refetch} />
      ) : (
        <>
          <Access saved={query.data} />
          <Password username={query.data.username} />
          <HandOverBar />
        </>
      )}
    </Page>
  );
}

function Access({ saved }: { saved: CrmApi }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<CrmApi | null>(null);
  const [said, setSaid] = useState('');
  const act = useAct();
  const value = draft ?? saved;
  const changed = draft !== null && !same(draft, saved);
  const change = (next: Partial<CrmApi>) => {
    setSaid('');
    setDraft({ ...value, ...next });
  };
  const save = async () => {
    const answer = await act.run(() => replaceCrmApi({ ...value, revision: saved.revision }));
    if (answer === null) return void client.invalidateQueries({ queryKey: KEY });
    client.setQueryData(KEY, answer);
    setDraft(null);
    setSaid('Saved.');
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  useHotkeys([{ chord: SAVE, run: () => void save() }]);
  return (
    <form className={css.card} aria-label="CRM API Access" onSubmit={onSubmit} noValidate>
      <ToggleField
        label="Enable CRM API Access"
        hint="Off, every request is refused."
        value={value.enabled}
        errors={{}}
        onChange={(enabled) => change({ enabled })}
      />
      <TextInput
        label="Username"
        autoComplete="off"
        value={value.username}
        error={act.field === 'username' ? act.refusal : undefined}
        onChange={({ currentTarget }) => change({ username: currentTarget.value })}
      />
      <Rights value={value.rights} onChange={(rights) => change({ rights })} />
      <Refusal text={act.field === 'username' ? null : act.refusal} />
      <div className={css.row}>
        <Button type="submit" tone="primary" pending={act.pending} shortcut={SAVE}>
          Save
        </Button>
        {changed && <Button onClick={() => setDraft(null)}>Undo changes</Button>}
        <span role="status">{changed ? 'Not saved yet' : said}</span>
      </div>
      <LeaveDialog changed={changed} what="access" />
    </form>
  );
}

interface RightsProps {
  value: readonly string[];
  onChange: (rights: string[]) => void;
}

function Rights({ value, onChange }: RightsProps) {
  const all = RIGHTS.every((right) => value.includes(right));
  const change = (right: string, on: boolean) =>
    onChange(RIGHTS.filter((each) => (each === right ? on : value.includes(each))));
  return (
    <fieldset className={css.rights}>
      <legend className={css.label}>Access Rights</legend>
      <div className={css.row}>
        <Button size="small" onClick={() => onChange(all ? [] : [...RIGHTS])}>
          {all ? 'Select none' : 'Select all'}
        </Button>
        <span className={css.hint}>
          {value.length} of {RIGHTS.length} rights. Nothing can be deleted by the CRM API.
        </span>
      </div>
      {OBJECTS.map(({ object, label, acts }) => (
        <fieldset key={object} className={css.object}>
          <legend>{label}</legend>
          {acts.map((act) => (
            <label key={act} className={css.check}>
              <input
                type="checkbox"
                checked={value.includes(rightOf(object, act))}
                onChange={(event) => change(rightOf(object, act), event.currentTarget.checked)}
              />
              <span>{capital(act)}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </fieldset>
  );
}

function Password({ username }: { username: string }) {
  const [asking, setAsking] = useState(false);
  const [fresh, setFresh] = useState<string | null>(null);
  const act = useAct();
  const make = async () => {
    const answer = await act.run(makeCrmPassword);
    setAsking(false);
    if (answer === null) return;
    keepSecret({ label: 'CRM API username', value: answer.username });
    keepSecret({ label: 'CRM API password', value: answer.password });
    setFresh(answer.password);
  };
  return (
    <section className={css.card} aria-label="CRM API password">
      <div className={css.cardHead}>
        <div>
          <h2 className={css.cardTitle}>Password</h2>
          <p className={css.hint}>For the user {username}. It is made here and shown once.</p>
        </div>
        <Button onClick={() => setAsking(true)}>New Password</Button>
      </div>
      <Refusal text={act.refusal} />
      {fresh !== null && (
        <>
          <Once label="New CRM API password" value={fresh} />
          <p className={css.hint}>Copy it now, or hand it over: it is never shown again.</p>
        </>
      )}
      <Modal opened={asking} onClose={() => setAsking(false)} title="Make a new password?" centered>
        <p>
          Every program that uses the current password is refused from then on. This cannot be
          undone.
        </p>
        <div className={dialog.actions}>
          <Button onClick={() => setAsking(false)} data-autofocus>
            Keep the current one
          </Button>
          <Button tone="danger" pending={act.pending} onClick={() => void make()}>
            Make a new password
          </Button>
        </div>
      </Modal>
    </section>
  );
}
