// /scripts/{id}
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ScriptPage } from '@/features/designer/script-page';

const route = getRouteApi('/shell/scripts/$id');

export function ScriptRoute() {
  const { id } = route.useParams();
  const navigate = useNavigate();
  return <ScriptPage key={id} id={id} onLeave={() => void navigate({ to: '/scripts' })} />;
}
