// /supervisor and the pages below it, which share one live connection.
import { Outlet, useParams } from '@tanstack/react-router';
import { InteractionsPage } from '@/features/supervisor/interactions/interactions-page';
import { StoryPage } from '@/features/supervisor/story/story-page';
import { SupervisorPage } from '@/features/supervisor/supervisor-page';
import { Wallboard } from '@/features/supervisor/wallboard';

export function SupervisorRoute() {
  return (
    <SupervisorPage>
      <Outlet />
    </SupervisorPage>
  );
}

export function WallboardRoute() {
  return <Wallboard />;
}

export function InteractionsRoute() {
  return <InteractionsPage />;
}

export function StoryRoute() {
  const { guid } = useParams({ from: '/shell/supervisor/interactions/$guid' });
  return <StoryPage key={guid} guid={guid} />;
}
