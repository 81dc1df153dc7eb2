// The controls of a call. They never change their place: what cannot be done now is grey, not gone.
import type { Work } from '@/contract/types';
import type { Chord } from '@/lib/chord';
import { Button } from '@/ui/button';
import { Icon, type IconName } from '@/ui/icon';
import type { Effect } from '../actions/action';
import { end, endCall } from '../actions/end-call';
import { confer, makeConference } from '../actions/make-conference';
import { holdOrResume, toggleHold } from '../actions/toggle-hold';
import { muteOrUnmute, toggleMute } from '../actions/toggle-mute';
import { recordOrPause, toggleRecording } from '../actions/toggle-recording';
import { handOn, transferCall } from '../actions/transfer-call';
import { hasColleagues, isConference, isConsultation } from '../model/lines';
import { isTalking, type Talking } from '../model/place';
import { useUi } from '../model/ui';
import { run } from '../run/run';
import { usePending } from '../run/use-pending';
import css from './talk.module.css';

/** The second line of this call, if there is one. */
type Line = Work | null;

export function Controls({ work, line }: { work: Talking; line: Line }) {
  return (
    <div className={css.controls}>
      <Mute work={work} />
      <Hold work={work} />
      <Record work={work} />
      <Transfer work={work} line={line} />
      <Conference work={work} line={line} />
      <End work={work} />
    </div>
  );
}

function Mute({ work }: { work: Talking }) {
  const { muted } = work.talk;
  return (
    <Control
      word={muted ? 'Unmute' : 'Mute'}
      icon={muted ? 'micOff' : 'mic'}
      pressed={muted}
      pending={usePending('mute', work.interactionId)}
      shortcut={toggleMute.shortcut}
      effect={() => muteOrUnmute(work)}
    />
  );
}

function Hold({ work }: { work: Talking }) {
  const held = work.talk.heldSince != null;
  const holding = usePending('hold', work.interactionId);
  const resuming = usePending('resume', work.interactionId);
  return (
    <Control
      word={held ? 'Resume' : 'Hold'}
      icon={held ? 'play' : 'pause'}
      pressed={held}
      pending={holding || resuming}
      shortcut={toggleHold.shortcut}
      effect={() => holdOrResume(work)}
    />
  );
}

const RECORD_WORD = { off: 'Record', on: 'Pause recording', paused: 'Go on recording' } as const;

function Record({ work }: { work: Talking }) {
  const { recording } = work.talk;
  return (
    <Control
      word={RECORD_WORD[recording]}
      icon={recording === 'on' ? 'pause' : 'record'}
      pending={usePending('record', work.interactionId)}
      disabled={isConsultation(work)}
      shortcut={toggleRecording.shortcut}
      effect={() => recordOrPause(work)}
    />
  );
}

function Transfer({ work, line }: { work: Talking; line: Line }) {
  const opened = useUi(({ surface }) => surface.kind === 'transfer');
  return (
    <Control
      word={line === null ? 'Transfer' : 'Hand over'}
      icon="transfer"
      id={TRANSFER_BUTTON}
      expanded={line === null && !isConsultation(work) ? opened : undefined}
      strong={line !== null && isTalking(line)}
      pending={usePending('transfer', work.interactionId)}
      disabled={isConsultation(work) || (line === null ? isConference(work) : !isTalking(line))}
      shortcut={transferCall.shortcut}
      effect={() => handOn(work, line)}
    />
  );
}

/** The focus returns here when the panel closes. */
export const TRANSFER_BUTTON = 'transfer-button';

function Conference({ work, line }: { work: Talking; line: Line }) {
  return (
    <Control
      word="Conference"
      icon="people"
      pending={usePending('conference', work.interactionId)}
      disabled={isConsultation(work) || (line !== null && !isTalking(line))}
      shortcut={makeConference.shortcut}
      effect={() => confer(work, line)}
    />
  );
}

function End({ work }: { work: Talking }) {
  return (
    <Control
      word={hasColleagues(work) ? 'Leave' : 'End'}
      icon="hangUp"
      danger
      pending={usePending('end', work.interactionId)}
      shortcut={endCall.shortcut}
      effect={() => end(work)}
    />
  );
}

interface ControlProps {
  word: string;
  icon: IconName;
  shortcut: Chord;
  effect: () => Effect | null;
  pending: boolean;
  id?: string;
  pressed?: boolean;
  expanded?: boolean | undefined;
  disabled?: boolean;
  strong?: boolean;
  danger?: boolean;
}

function Control(props: ControlProps) {
  const { word, icon, shortcut, effect, pending, id, pressed, expanded } = props;
  const { disabled = false, strong = false, danger = false } = props;
  return (
    <Button
      id={id}
      tone={danger ? 'danger' : strong ? 'primary' : 'plain'}
      className={css.control ?? ''}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
      icon={<Icon name={icon} size={22} />}
      pending={pending}
      shortcut={shortcut}
      onClick={() => run(effect())}
    >
      <span className={css.word}>{word}</span>
    </Button>
  );
}
