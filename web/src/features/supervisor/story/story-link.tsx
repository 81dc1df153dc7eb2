// Leads to everything that happened to an interaction.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import css from './story.module.css';

export function StoryLink({
  interactionId,
  children,
}: {
  interactionId: string;
  children: ReactNode;
}) {
  return (
    <Link
      className={css.link}
      to="/supervisor/interactions/$guid"
      params={{ guid: interactionId }}
      title="What happened so far"
      preload={false}
    >
      {children}
    </Link>
  );
}
