// One document, its sections with anchors.
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTitle } from '@/lib/use-title';
import { Button } from '@/ui/button';
import { Message } from '@/ui/message';
import css from './contracts.module.css';
import type { Document } from './document';
import { Elements } from './elements';

export function DocumentView({ shown }: { shown: Document }) {
  useTitle(shown.title);
  useScrollToHash();
  return (
    <article className={css.document}>
      <h1 className={css.title}>{shown.title}</h1>
      {shown.sections.map(({ id, title, content }) => (
        <section key={id}>
          {id !== '' && (
            <h2 className={css.heading} id={id} tabIndex={-1}>
              {title}
              <a className={css.anchor} href={`#${id}`} aria-label={`Link to “${title}”`}>
                #
              </a>
            </h2>
          )}
          <div className={css.text}>
            <Elements of={content} />
          </div>
        </section>
      ))}
    </article>
  );
}

/** The document is there later than the address, so the browser did not find the section by itself. */
function useScrollToHash(): void {
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (hash === '') return;
    const heading = document.getElementById(hash);
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
  }, [hash]);
}

export function NoDocument() {
  useTitle('No such contract');
  return (
    <Message
      icon="search"
      title="There is no such contract"
      actions={
        <Link to="/contracts/{-$name}" params={{ name: undefined }}>
          All contracts
        </Link>
      }
    >
      <p>The link may be old, or mistyped.</p>
    </Message>
  );
}

export function NotLoaded({ onRetry }: { onRetry: () => void }) {
  return (
    <Message
      icon="linkOff"
      title="The document did not come"
      actions={<Button onClick={onRetry}>Try again</Button>}
    >
      <p>The server cannot be reached, or has other pages by now.</p>
    </Message>
  );
}
