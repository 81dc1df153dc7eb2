// A titled part of the story.
import { type ReactNode, useId } from 'react';
import { UntrustedText } from '@/ui/untrusted-text';
import css from './story.module.css';

export function Block({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={css.block} aria-labelledby={id}>
      <h2 className={css.title} id={id}>
        <UntrustedText text={title} />
      </h2>
      {children}
    </section>
  );
}
