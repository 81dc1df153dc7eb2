// Notices, bottom left: away from the wrap-up form. They take no focus and stay until dismissed.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { dismiss, type Notice, useNotices } from '../model/notices';
import css from './notices.module.css';

export function Notices() {
  const notices = useNotices((store) => store.notices);
  return (
    <div className={css.stack} role="status">
      {notices.map((notice) => (
        <Entry key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function Entry({ notice: { id, tone, text, unsentNote } }: { notice: Notice }) {
  return (
    <div className={css.notice} data-tone={tone}>
      <Icon name={tone === 'warning' ? 'warning' : 'info'} />
      <div className={css.text}>
        <p>
          <UntrustedText text={text} clipAs="the message" />
        </p>
        {unsentNote !== null && (
          <textarea className={css.unsent} aria-label="Note not sent" readOnly value={unsentNote} />
        )}
      </div>
      <Button
        tone="quiet"
        label="Dismiss"
        icon={<Icon name="cross" size={16} />}
        onClick={() => dismiss(id)}
      />
    </div>
  );
}
