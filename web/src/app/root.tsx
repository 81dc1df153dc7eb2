// Around every page: leaves for the sign-in page, with the way back, when the session ends.
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSession } from '@/contract/session';

export function Root() {
  const ended = useSession((store) => store.ended);
  const navigate = useNavigate();
  useEffect(() => {
    if (!ended) return;
    const here = window.location.pathname + window.location.search;
    if (window.location.pathname === '/login') return;
    void navigate({ to: '/login', search: { returnTo: here } });
  }, [ended, navigate]);
  return <Outlet />;
}
