// Carries out one wish and says what came of it.
import { ApiError, UNREACHABLE } from '@/contract/api-error';
import { endSession } from '@/contract/session';
import { openDialog, tell, untell } from '../model/ui';
import { send, type Wish } from './send';

/** Sends a wish. What it came to is told on the page; true when it was done, which closes the dialog. */
export async function perform(wish: Wish, done: string): Promise<boolean> {
  untell();
  try {
    await send(wish);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) endSession();
    const unreachable = 'The server could not be reached, so this was not done. Try again.';
    tell(error.code === UNREACHABLE ? unreachable : error.message, true);
    return false;
  }
  openDialog(null);
  tell(done);
  return true;
}
