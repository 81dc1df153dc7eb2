// Every action, in the order of the key sheet.
import { acceptOffer } from './accept-offer';
import type { Action } from './action';
import { completeWrapUp } from './complete-wrap-up';
import { endCall } from './end-call';
import { goToWrapUp } from './go-to-wrap-up';
import { nextWork } from './next-work';
import { openStatus } from './open-status';
import { previousWork } from './previous-work';
import { rejectOffer } from './reject-offer';
import { showKeys } from './show-keys';
import { toggleHold } from './toggle-hold';
import { toggleMute } from './toggle-mute';

export const ACTIONS: readonly Action[] = [
  acceptOffer,
  rejectOffer,
  nextWork,
  previousWork,
  openStatus,
  toggleHold,
  toggleMute,
  endCall,
  goToWrapUp,
  completeWrapUp,
  showKeys,
];
