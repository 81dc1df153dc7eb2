// An account without an agent has no work to show.
import { logout } from '@/contract/auth';
import { forgetSession } from '@/contract/session';
import type { Session } from '@/contract/types';
import { Button, LinkButton } from '@/ui/button';
import { MessagePage } from '@/ui/message';
import { landing } from './areas';

export function NoWorkspace({
  user,
  onSignedOut,
}: {
  user: Session['user'];
  onSignedOut: () => void;
}) {
  const leave = async () => {
    await logout().catch(forgetSession);
    onSignedOut();
  };
  const home = landing(user);
  return (
    <MessagePage
      icon="user"
      title="This account takes no calls"
      actions={
        <>
          {home !== '/workspace' && <LinkButton href={home}>Go to your own page</LinkButton>}
          <Button onClick={() => void leave()}>Sign in as someone else</Button>
        </>
      }
    >
      <p>
        {user.name} is signed in as {user.role}. The workspace belongs to agents.
      </p>
    </MessagePage>
  );
}
