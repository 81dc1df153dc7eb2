// Above the drawing: the script's name, whether it is saved, and what can be done with it.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { useDesigner, useDesignerState } from '../state/context';
import type { View } from '../use-view';
import css from './bar.module.css';
import { FileMenu } from './file-menu';
import { PublishButton } from './publish';
import { SaveStateLine } from './save-state';

interface BarProps {
  view: View;
  onView: (view: View) => void;
  /** Opens the list of nodes where it has no column of its own. */
  onAdd: () => void;
  onLeave: () => void;
}

export function Bar({ view, onView, onAdd, onLeave }: BarProps) {
  return (
    <header className={css.bar}>
      <Button
        tone="quiet"
        size="small"
        label="All scripts"
        icon={<Icon name="back" />}
        onClick={onLeave}
      />
      <ScriptName />
      <SaveStateLine />
      <div className={css.tools}>
        <Steps />
        <fieldset className={css.views}>
          <legend className={css.unseen}>View</legend>
          <Button
            size="small"
            aria-pressed={view === 'canvas'}
            onClick={() => onView('canvas')}
            className={css.wide ?? ''}
          >
            Canvas
          </Button>
          <Button
            size="small"
            aria-pressed={view === 'outline'}
            onClick={() => onView('outline')}
            className={css.wide ?? ''}
          >
            Outline
          </Button>
        </fieldset>
        <Button
          size="small"
          className={css.narrow ?? ''}
          icon={<Icon name="plus" size={14} />}
          onClick={onAdd}
        >
          Add
        </Button>
        <FileMenu />
        <PublishButton />
      </div>
    </header>
  );
}

function ScriptName() {
  const { rename } = useDesigner();
  const name = useDesignerState((state) => state.name);
  return (
    <h1 className={css.title}>
      <span className={css.unseen}>{name}</span>
      <input
        className={css.name}
        aria-label="Name of the script"
        autoComplete="off"
        maxLength={128}
        value={name}
        onChange={({ target }) => rename(target.value)}
      />
    </h1>
  );
}

function Steps() {
  const { undo, redo } = useDesigner();
  const back = useDesignerState(({ history }) => history.past.at(-1)?.words);
  const on = useDesignerState(({ history }) => history.future[0]?.words);
  return (
    <>
      <Button
        tone="quiet"
        size="small"
        label={back === undefined ? 'Undo' : `Undo: ${back}`}
        icon={<Icon name="undo" />}
        disabled={back === undefined}
        onClick={undo}
      />
      <Button
        tone="quiet"
        size="small"
        label={on === undefined ? 'Redo' : `Redo: ${on}`}
        icon={<Icon name="redo" />}
        disabled={on === undefined}
        onClick={redo}
      />
    </>
  );
}
