// /workspace
import { useNavigate } from '@tanstack/react-router';
import { useSession } from '@/contract/session';
import { WorkspacePage } from '@/features/workspace/workspace-page';
import { NoWorkspace } from './no-workspace';
import { AreaItems } from './shell/area-items';
import { Waiting } from './waiting';

export function WorkspaceRoute() {
  const session = useSession((store) => store.session);
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/login' });
  if (session === null) return <Waiting />;
  const { user } = session;
  if (user.agentId == null) return <NoWorkspace user={user} onSignedOut={leave} />;
  return <WorkspacePage userId={user.id} areas={<AreaItems user={user} />} onSignedOut={leave} />;
}
