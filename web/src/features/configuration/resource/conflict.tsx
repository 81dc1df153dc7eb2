// Somebody else saved this setting while it was being edited: what they changed, and whose is kept.
import type { ItemOf, ResourceName } from '@/contract/admin';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import css from './conflict.module.css';
import { useNames } from './data';
import { differences } from './difference';
import type { Spec } from './spec';
import type { Draft } from './use-draft';

interface ConflictProps<R extends ResourceName> {
  spec: Spec<R>;
  draft: Draft<R>;
  theirs: ItemOf<R>;
}

export function Conflict<R extends ResourceName>({ spec, draft, theirs }: ConflictProps<R>) {
  const names = useNames(spec.refersTo);
  const versions = { before: draft.before ?? theirs, theirs, mine: draft.value };
  const changes = differences(spec.sections, versions, names);
  return (
    <section className={css.conflict} role="alert" aria-labelledby="conflict">
      <h3 className={css.title} id="conflict">
        <Icon name="warning" /> Somebody else changed this {spec.one} meanwhile
      </h3>
      {changes.length === 0 ? (
        <p>It was saved, with nothing changed that stands in this form.</p>
      ) : (
        <div className={css.scroll}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Before</th>
                <th scope="col">Theirs</th>
                <th scope="col">Yours</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr key={change.key} data-clash={change.clash || undefined}>
                  <th scope="row">
                    {change.label}
                    {change.clash && <small>both changed it</small>}
                  </th>
                  <td>{change.before}</td>
                  <td>{change.theirs}</td>
                  <td>{change.mine}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={css.hint}>
        Yours keeps what you changed, and theirs where you changed nothing. You still save it
        yourself.
      </p>
      <div className={css.actions}>
        <Button onClick={() => draft.resolve('theirs')}>Take theirs</Button>
        <Button tone="primary" onClick={() => draft.resolve('mine')}>
          Keep mine
        </Button>
      </div>
    </section>
  );
}
