// Shown while a page is on its way, after a moment: fast pages show nothing in between.
import { MessagePage } from '@/ui/message';

export function Waiting() {
  return (
    <MessagePage icon="link" title="Connecting">
      <p role="status">Loading your session…</p>
    </MessagePage>
  );
}
