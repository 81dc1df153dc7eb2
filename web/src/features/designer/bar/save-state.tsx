// Whether what is drawn is on the server, in words.

import { Button } from '@/ui/button';
import { Icon, type IconName } from '@/ui/icon';
import type { Draft } from '../api/wire';
import { useDesigner, useDesignerState } from '../state/context';
import type { SaveState } from '../state/saver';
import css from './bar.module.css';

interface Look {
  words: string;
  icon: IconName;
  tone: 'calm' | 'warn' | 'bad';
}

function lookOf(save: SaveState<Draft>): Look {
  switch (save.kind) {
    case 'saved':
      return { words: 'Saved', icon: 'check', tone: 'calm' };
    case 'unsaved':
    case 'saving':
      return { words: 'Saving…', icon: 'clock', tone: 'calm' };
    case 'offline':
      return { words: 'Not saved: the server cannot be reached', icon: 'linkOff', tone: 'warn' };
    case 'conflict':
      return { words: 'Not saved: somebody else changed it', icon: 'people', tone: 'warn' };
    case 'refused':
      return { words: `Not saved: ${save.message}`, icon: 'warning', tone: 'bad' };
  }
}

export function SaveStateLine() {
  const { saver } = useDesigner();
  const save = useDesignerState((state) => state.save);
  const { words, icon, tone } = lookOf(save);
  return (
    <div className={css.save} data-tone={tone}>
      <Icon name={icon} size={16} />
      <span role="status" title={words}>
        {words}
      </span>
      {(save.kind === 'offline' || save.kind === 'refused') && (
        <Button size="small" onClick={() => saver.retry()}>
          Try again
        </Button>
      )}
    </div>
  );
}
