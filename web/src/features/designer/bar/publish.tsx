// Making the draft what new calls are served by, after a look at what changes for them.
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { ApiError, type Fault } from '@/contract/api-error';
import { Button } from '@/ui/button';
import dialogCss from '@/ui/dialog.module.css';
import { UntrustedText } from '@/ui/untrusted-text';
import { messageOf } from '../api/message';
import { loadVersion, publishScript } from '../api/scripts';
import { EMPTY_FLOW, type Flow } from '../graph/flow';
import { useDesigner, useDesignerState } from '../state/context';
import { Differences } from '../versions/differences';
import css from '../versions/versions.module.css';

export function PublishButton() {
  const { store, set } = useDesigner();
  const [before, setBefore] = useState<Flow | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const errors = useDesignerState(
    ({ findings }) => findings?.filter(({ severity }) => severity === 'error').length ?? 0,
  );
  const failing = useDesignerState(
    ({ reports }) => [...reports.values()].filter(({ faults }) => faults.length > 0).length,
  );
  const toMend = errors + failing;
  const open = async () => {
    const { id, publishedVersion } = store.getState().script;
    try {
      setBefore(publishedVersion === null ? EMPTY_FLOW : await loadVersion(id, publishedVersion));
      setFault(null);
    } catch (error) {
      setFault(messageOf(error));
    }
  };
  return (
    <>
      <Button
        tone="primary"
        size="small"
        onClick={() =>
          toMend === 0
            ? void open()
            : set({ panel: errors > 0 ? 'problems' : 'tests', opened: true })
        }
      >
        {toMend > 0 ? `Publish (${toMend} to mend)` : 'Publish'}
      </Button>
      {fault !== null && <span role="alert">{fault}</span>}
      <Modal opened={before !== null} onClose={() => setBefore(null)} title="Publish" centered>
        {before !== null && <Review before={before} onClose={() => setBefore(null)} />}
      </Modal>
    </>
  );
}

function Review({ before, onClose }: { before: Flow; onClose: () => void }) {
  const { store, saver, set } = useDesigner();
  const { channels, publishedVersion } = useDesignerState((state) => state.script);
  const now = useDesignerState(({ history }) => history.present.flow);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<{ message: string; faults: readonly Fault[] } | null>(
    null,
  );
  const publish = async () => {
    setPending(true);
    try {
      const { id } = store.getState().script;
      const script = await saver.act((revision) => publishScript(id, revision));
      if (script === null) setRefusal({ message: 'The draft is not saved yet.', faults: [] });
      else {
        set({ script });
        onClose();
      }
    } catch (error) {
      const faults = error instanceof ApiError ? error.faults : [];
      setRefusal({ message: messageOf(error), faults });
    }
    setPending(false);
  };
  const numbers = channels.map(({ name, address }) => `${name} (${address})`).join(', ');
  return (
    <div className={css.dialog}>
      <p>
        {channels.length === 0
          ? 'No channel leads to this script yet: it serves calls once one does.'
          : `New calls to ${numbers} are served by it at once. Calls under way stay with the version they began with.`}
      </p>
      {publishedVersion === null ? (
        <p>It is the first version, with {now.nodes.size} nodes.</p>
      ) : (
        <div className={css.scroll}>
          <Differences
            before={before}
            after={now}
            none={`Nothing is different from version ${publishedVersion}.`}
            still
          />
        </div>
      )}
      {refusal !== null && (
        <div role="alert" className={css.fault}>
          <p>
            <UntrustedText text={refusal.message} />
          </p>
          <ul className={css.changes}>
            {refusal.faults.map(({ field, message }) => (
              <li key={field + message}>
                <UntrustedText text={`${whereOf(field, now)}: ${message}`} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className={dialogCss.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="primary" data-autofocus pending={pending} onClick={() => void publish()}>
          Publish
        </Button>
      </div>
    </div>
  );
}

/** A node of the flow by its label; anything else as the server calls it. */
function whereOf(field: string, flow: Flow): string {
  const [, id = ''] = /^flow\.nodes\[(.+?)\]\./.exec(field) ?? [];
  const label = flow.nodes.get(id)?.label;
  return label === undefined ? field : `“${label}”`;
}
