// From one page of a list to the next.
import { Button } from '@/ui/button';
import css from './list.module.css';

interface PagesProps {
  /** Counted from 0. */
  at: number;
  last: number;
  onPage: (page: number) => void;
}

export function Pages({ at, last, onPage }: PagesProps) {
  return (
    <nav className={css.pages} aria-label="Pages of the list">
      <Button size="small" disabled={at === 0} onClick={() => onPage(at - 1)}>
        Previous
      </Button>
      <span role="status">
        Page {at + 1} of {last + 1}
      </span>
      <Button size="small" disabled={at === last} onClick={() => onPage(at + 1)}>
        Next
      </Button>
    </nav>
  );
}
