// Why something was not done, where it was tried.
import { Icon } from '@/ui/icon';
import css from './integration.module.css';

export function Refusal({ text }: { text: string | null }) {
  return (
    <div role="alert">
      {text !== null && (
        <p className={css.refusal}>
          <Icon name="warning" />
          {text}
        </p>
      )}
    </div>
  );
}
