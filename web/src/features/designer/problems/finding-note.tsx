// What the linter says about one thing, with the click that mends it.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import type { Finding } from '../api/wire';
import { fixWords, isKnownFix } from '../graph/fix';
import { useDesigner } from '../state/context';
import css from './problems.module.css';

export function FindingNote({ finding }: { finding: Finding }) {
  const { severity, message, fix } = finding;
  const { edit } = useDesigner();
  return (
    <div className={css.note} data-severity={severity}>
      <Icon name="warning" size={14} />
      <p>
        <span className={css.severity}>{severity === 'error' ? 'Error: ' : 'Warning: '}</span>
        <UntrustedText text={message} />
      </p>
      {fix && isKnownFix(fix) && (
        <Button size="small" onClick={() => edit({ type: 'fix', fix })}>
          {fixWords(fix)}
        </Button>
      )}
    </div>
  );
}
