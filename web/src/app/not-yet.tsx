// An area without screens so far.
import { useTitle } from '@/lib/use-title';
import { MessagePage } from '@/ui/message';

export function NotYet() {
  useTitle('Not there yet');
  return (
    <MessagePage icon="clock" title="These screens are not there yet">
      <p>Their place in the navigation is.</p>
    </MessagePage>
  );
}
