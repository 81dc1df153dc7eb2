// Every action, in the order of the key sheet.
import { acceptOffer } from './accept-offer';
import type { Action } from './action';
import { completeWrapUp } from './complete-wrap-up';
import { endCall } from './end-call';
import { goToWrapUp } from './go-to-wrap-up';
import { hangUpLine } from './hang-up-line';
import { makeConference } from './make-conference';
import { nextWork } from './next-work';
import { openDial } from './open-dial';
import { openStatus } from './open-status';
import { previousWork } from './previous-work';
import { rejectOffer } from './reject-offer';
import { showKeys } from './show-keys';
import { toggleHold } from './toggle-hold';
import { toggleMute } from './toggle-mute';
import { toggleRecording } from './toggle-recording';
import { transferCall } from './transfer-call';

export const ACTIONS: readonly Action[] = [
  acceptOffer,
  rejectOffer,
  nextWork,
  previousWork,
  openStatus,
  openDial,
  toggleMute,
  toggleHold,
  toggleRecording,
  transferCall,
  makeConference,
  hangUpLine,
  endCall,
  goToWrapUp,
  completeWrapUp,
  showKeys,
];
