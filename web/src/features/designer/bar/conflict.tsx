// Somebody else saved the script meanwhile: what they have, what is here, and the choice.
import { Modal } from '@mantine/core';
import { Button } from '@/ui/button';
import dialogCss from '@/ui/dialog.module.css';
import type { Draft } from '../api/wire';
import { useDesigner, useDesignerState } from '../state/context';
import { Differences } from '../versions/differences';
import css from '../versions/versions.module.css';

export function Conflict() {
  const save = useDesignerState((state) => state.save);
  if (save.kind !== 'conflict') return null;
  return <ConflictDialog theirs={save.theirs} />;
}

function ConflictDialog({ theirs }: { theirs: Draft }) {
  const { saver, edit, set } = useDesigner();
  const mine = useDesignerState(({ history }) => history.present.flow);
  const take = () => {
    const taken = saver.takeTheirs();
    if (taken === null) return;
    const { name, flow, layout } = taken;
    set({ name });
    edit({ type: 'replace', drawing: { flow, layout }, words: 'take the other version' });
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      title="Somebody else changed this script"
      size="lg"
      centered
    >
      <div className={css.dialog}>
        <p>Their draft is on the server, yours is only here. In yours, compared with theirs:</p>
        <div className={css.scroll}>
          <Differences before={theirs.flow} after={mine} none="Only places are different." still />
        </div>
        <p className={css.soft}>Undo brings back what you give up here.</p>
        <div className={dialogCss.actions}>
          <Button data-autofocus onClick={take}>
            Take theirs
          </Button>
          <Button tone="primary" onClick={() => saver.keepMine()}>
            Keep mine
          </Button>
        </div>
      </div>
    </Modal>
  );
}
