// Carries out one wish and says what came of it.
import { ApiError, UNREACHABLE } from '@/contract/api-error';
import { endSession } from '@/contract/session';
import { openDialog, tell, tellRefused, untell } from '../model/ui';
import { send, type Wish } from './send';

/** Sends a wish. What it came to is told on the page; true when it was done, which closes the dialog. */
export async function perform(wish: Wish, done: string): Promise<boolean> {
  untell();
  try {
    await send(wish);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) endSession();
    tellRefused(words(error), error.code);
    return false;
  }
  openDialog(null);
  tell(done);
  return true;
}

function words({ code, message }: ApiError): string {
  switch (code) {
    case UNREACHABLE:
      return 'The server could not be reached, so this was not done. Try again.';
    case 'changedMeanwhile':
      return 'Somebody has changed this agent meanwhile, so nothing was saved. Look again.';
    default:
      return message;
  }
}
