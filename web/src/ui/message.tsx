// A quiet sentence in the middle of an empty place: loading, nothing to do, or something wrong.
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import css from './message.module.css';

interface MessageProps {
  icon: IconName;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}

export function Message({ icon, title, children, actions }: MessageProps) {
  return (
    <div className={css.body}>
      <span className={css.icon}>
        <Icon name={icon} size={24} />
      </span>
      <h2 className={css.title}>{title}</h2>
      {children !== undefined && <div className={css.text}>{children}</div>}
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </div>
  );
}

/** The same, as a whole page. */
export function MessagePage(props: MessageProps) {
  return (
    <main className={css.page}>
      <Message {...props} />
    </main>
  );
}
