// Which public events: names from the catalogue of Event Streaming.
import type { ControlProps } from '../resource/spec';
import { AddOne } from './add-one';
import css from './fields.module.css';
import { RemoveButton } from './remove-button';
import { Several } from './several';

/** Event Streaming, "The events". */
const EVENTS = [
  'AgentStatusChange',
  'AgentProvChange',
  'AgentSkillCreated',
  'AgentSkillChanged',
  'InteractionCreated',
  'InteractionQueued',
  'InteractionAssigned',
  'InteractionAccepted',
  'InteractionCustomerAccepted',
  'InteractionRejected',
  'InteractionUnqueued',
  'InteractionQueueTimeout',
  'LineHoldStatus',
  'LineMuteStatus',
  'InteractionRecordingStarted',
  'RecordingStatus',
  'InteractionRecordingReady',
  'InteractionTransferRequest',
  'InteractionJoinLinesRequest',
  'InteractionParticipantChange',
  'InteractionReconnect',
  'InteractionPostProcess',
  'InteractionEndPostProcess',
  'InteractionDeassigned',
  'GuestChatEnd',
  'InteractionDeleted',
] as const;

export function EventNames({ label, hint, value, onChange, errors }: ControlProps<string[]>) {
  const left = EVENTS.filter((event) => !value.includes(event));
  return (
    <Several label={label} hint={hint} error={errors[''] ?? Object.values(errors)[0]}>
      {value.length > 0 && (
        <ul className={css.chips}>
          {value.map((event) => (
            <li key={event} className={css.chip}>
              <span>{event}</span>
              <RemoveButton
                what={event}
                onClick={() => onChange(value.filter((each) => each !== event))}
              />
            </li>
          ))}
        </ul>
      )}
      <AddOne
        label={`Add to ${label}`}
        choices={left.map((event) => ({ id: event, name: event }))}
        onAdd={(event) => onChange([...value, String(event)])}
      />
    </Several>
  );
}

export function eventWords(value: readonly string[]): string {
  return value.length === 0 ? 'all' : value.join(', ');
}
