// An address that leads nowhere.
import { LinkButton } from '@/ui/button';
import { MessagePage } from '@/ui/message';

export function NotFound() {
  const home = <LinkButton href="/">Go to your first page</LinkButton>;
  return (
    <MessagePage icon="search" title="There is nothing at this address" actions={home}>
      <p>The link may be old, or mistyped.</p>
    </MessagePage>
  );
}
