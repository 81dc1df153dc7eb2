// The words and shapes for the server's codes, in one place.
import type { AgentDoing, AgentWork, InteractionState, MediaType } from '@/contract/types';
import type { IconName } from '@/ui/icon';

export const MEDIA: Record<MediaType, { text: string; icon: IconName }> = {
  phone: { text: 'Phone', icon: 'phone' },
  chat: { text: 'Chat', icon: 'chat' },
  email: { text: 'E-mail', icon: 'email' },
  sms: { text: 'SMS', icon: 'sms' },
};

/** A shape for each, so that it is never told by color alone; in the order of precedence. */
export const DOING: Record<AgentDoing, { text: string; icon: IconName }> = {
  talking: { text: 'Talking', icon: 'phone' },
  offered: { text: 'Ringing', icon: 'bell' },
  wrapUp: { text: 'Wrap-up', icon: 'note' },
  available: { text: 'Available', icon: 'check' },
  onBreak: { text: 'On break', icon: 'cup' },
  workOffline: { text: 'Working offline', icon: 'pencil' },
  loggedOut: { text: 'Logged out', icon: 'power' },
};

export const WORK: Record<AgentWork['place'], string> = {
  offered: 'rings',
  dialling: 'calling',
  talking: 'in talk',
  wrapUp: 'wrap-up',
};

export const STATE: Record<InteractionState, { text: string; icon: IconName }> = {
  script: { text: 'In script', icon: 'script' },
  waiting: { text: 'Waiting', icon: 'clock' },
  offered: { text: 'Ringing', icon: 'bell' },
  dialling: { text: 'Calling out', icon: 'callOut' },
  talking: { text: 'Talking', icon: 'phone' },
  bridged: { text: 'Outside', icon: 'transfer' },
  wrapUp: { text: 'Wrap-up', icon: 'note' },
};
