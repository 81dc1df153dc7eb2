// Wrap-up: how it ended, what it was about, what to remember. Can be begun during the talk.
import { type FormEvent, useState } from 'react';
import type { Work } from '@/contract/types';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { complete, completeWrapUp } from '../actions/complete-wrap-up';
import { changeDraft, useDraft } from '../model/draft';
import { isWrappingUp, type WrappingUp } from '../model/place';
import { whatIsMissing } from '../model/wrap-up-check';
import { actionContext, run } from '../run/run';
import { usePending } from '../run/use-pending';
import { CodePicker } from './code-picker';
import { DispositionField } from './disposition-field';
import { NoteField } from './note-field';
import css from './wrap-up.module.css';

export function WrapUpForm({ work }: { work: Work }) {
  const { interactionId, wrapUp } = work;
  const draft = useDraft(work);
  const ready = isWrappingUp(work);
  return (
    <section className={css.form} aria-labelledby="wrap-up-title">
      <header className={css.head}>
        <h2 className={css.title} id="wrap-up-title">
          Wrap-up
        </h2>
        <span className={css.phase}>{ready ? '' : 'Can be begun during the call'}</span>
      </header>
      <DispositionField
        key={interactionId}
        options={wrapUp?.dispositions}
        value={draft.disposition}
        onChange={(disposition) => changeDraft(interactionId, { disposition })}
      />
      {wrapUp !== null && wrapUp.codes.length > 0 && (
        <CodePicker
          codes={wrapUp.codes}
          required={wrapUp.codesRequired}
          chosen={draft.codes}
          onChange={(codes) => changeDraft(interactionId, { codes })}
        />
      )}
      <NoteField
        interactionId={interactionId}
        note={draft.note}
        onChange={(note) => changeDraft(interactionId, { note })}
      />
      {ready && <Foot work={work} />}
    </section>
  );
}

function Foot({ work }: { work: WrappingUp }) {
  const draft = useDraft(work);
  const pending = usePending('wrapUp', work.interactionId);
  const [tried, setTried] = useState(false);
  const missing = whatIsMissing(work.wrapUp, draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const context = actionContext();
    if (context !== null && missing === null) run(complete(work, context));
  };
  return (
    <form className={css.foot} onSubmit={submit}>
      <p className={css.missing} role="status" hidden={!tried || missing === null}>
        {tried && missing}
      </p>
      <Button
        type="submit"
        tone="primary"
        icon={<Icon name="check" size={20} />}
        pending={pending}
        className={css.complete ?? ''}
        shortcut={completeWrapUp.shortcut}
      >
        Complete
      </Button>
    </form>
  );
}
