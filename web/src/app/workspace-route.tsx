// /workspace
import { useNavigate } from '@tanstack/react-router';
import { useSession } from '@/contract/session';
import { WorkspacePage } from '@/features/workspace/workspace-page';
import { NoWorkspace } from './no-workspace';
import { Waiting } from './waiting';

export function WorkspaceRoute() {
  const session = useSession((store) => store.session);
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/login' });
  if (session === null) return <Waiting />;
  if (session.user.role !== 'agent') return <NoWorkspace user={session.user} onSignedOut={leave} />;
  return <WorkspacePage userId={session.user.id} onSignedOut={leave} />;
}
