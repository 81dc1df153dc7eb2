// The center itself: one form, saved as a whole.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Help } from '@/lib/help';
import { useHotkeys } from '@/lib/hotkeys';
import { Button } from '@/ui/button';
import { FieldControl } from '../fields/field-control';
import css from '../integration/integration.module.css';
import { Loading, Page } from '../integration/page';
import { Refusal } from '../integration/refusal';
import { useAct } from '../integration/use-act';
import { SAVE } from '../keys';
import { check } from '../resource/check';
import { same } from '../resource/difference';
import { LeaveDialog } from '../resource/leave-dialog';
import { type Errors, fieldsOf } from '../resource/spec';
import { readTenant, replaceTenant, type Tenant } from './tenant';
import { SECTIONS } from './tenant-fields';

const HELP: Help = {
  keys: [{ label: 'Save', chord: SAVE }],
  links: [{ label: 'Contract: settings', href: '/contracts/administration#settings' }],
};
const KEY = ['tenant'];
const ABOUT = 'The center itself: how values are shown, and how long data stays.';

export default function TenantPage() {
  const query = useQuery({ queryKey: KEY, queryFn: readTenant });
  return (
    <Page title="Center settings" about={ABOUT} help={HELP}>
      {query.data === undefined ? (
        <Loading error={query.error} again={query.refetch} />
      ) : (
        <TenantForm saved={query.data} />
      )}
    </Page>
  );
}

function TenantForm({ saved }: { saved: Tenant }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Tenant | null>(null);
  const [wrong, setWrong] = useState<Errors>({});
  const [said, setSaid] = useState('');
  const act = useAct();
  const value = draft ?? saved;
  const changed = draft !== null && !same(draft, saved);
  const save = async () => {
    const faults = check(SECTIONS, value, false);
    setWrong(faults);
    if (Object.keys(faults).length > 0) return;
    const answer = await act.run(() => replaceTenant({ ...value, revision: saved.revision }));
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
  const known = fieldsOf(SECTIONS).some(({ key }) => key === act.field);
  const errors =
    known && act.refusal !== null ? { ...wrong, [act.field ?? '']: act.refusal } : wrong;
  return (
    <form className={css.card} onSubmit={onSubmit} noValidate aria-label="Center settings">
      <p className={css.hint}>
        Its name in every contract is <b className={css.mono}>{saved.tenantId}</b>; it never
        changes.
      </p>
      {SECTIONS.map(({ title, fields }) => (
        <fieldset key={title} className={css.section}>
          <legend className={css.legend}>{title}</legend>
          {fields.map((field) => (
            <FieldControl
              key={field.key}
              field={field}
              value={value}
              errors={errors}
              onChange={(next) => {
                setSaid('');
                setDraft({ ...value, [field.key]: next });
              }}
            />
          ))}
        </fieldset>
      ))}
      <Refusal text={known ? null : act.refusal} />
      <div className={css.row}>
        <Button type="submit" tone="primary" pending={act.pending} shortcut={SAVE}>
          Save
        </Button>
        {changed && <Button onClick={() => setDraft(null)}>Undo changes</Button>}
        <span role="status">{changed ? 'Not saved yet' : said}</span>
      </div>
      <LeaveDialog changed={changed} what="center" />
    </form>
  );
}
