// /scripts
import { Link, useNavigate } from '@tanstack/react-router';
import { ScriptsPage } from '@/features/designer/scripts/scripts-page';

export function ScriptsRoute() {
  const navigate = useNavigate();
  return (
    <ScriptsPage
      linkTo={(id, children) => (
        <Link to="/scripts/$id" params={{ id }}>
          {children}
        </Link>
      )}
      onOpen={(id) => void navigate({ to: '/scripts/$id', params: { id } })}
    />
  );
}
