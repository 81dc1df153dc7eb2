// The answer to what was just done here, when it is not what was wished.
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { useToldAt } from '../model/told';
import css from './talk.module.css';

interface ToldProps {
  place: string;
  /** Inside a form, not from edge to edge of a card. */
  inset?: boolean;
}

export function Told({ place, inset = false }: ToldProps) {
  const text = useToldAt(place);
  return (
    <div role="alert">
      {text !== null && (
        <p className={css.told} data-inset={inset || undefined}>
          <Icon name="warning" />
          <UntrustedText text={text} clipAs="the message" />
        </p>
      )}
    </div>
  );
}
