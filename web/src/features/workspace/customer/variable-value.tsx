// One variable's value: formatted, or as it came with a mark that explains itself.
import { Popover, VisuallyHidden } from '@mantine/core';
import type { Variable } from '@/contract/types';
import { formatVariable } from '@/lib/format/format-variable';
import { Icon } from '@/ui/icon';
import { UntrustedText } from '@/ui/untrusted-text';
import { usePlace } from '../model/place-of-tenant';
import css from './customer.module.css';

/** From here a value is prose, and bold prose is hard to read. */
const LONG_TEXT = 60;

export function VariableValue({ variable }: { variable: Variable }) {
  const view = formatVariable(variable, usePlace());
  switch (view.kind) {
    case 'hidden':
      return (
        <span className={css.hidden} title="Hidden: this value is private">
          <span aria-hidden="true">••••</span>
          <VisuallyHidden>Hidden</VisuallyHidden>
        </span>
      );
    case 'empty':
      return <span className={css.quiet}>empty</span>;
    case 'value':
      return (
        <span
          className="digits"
          data-long={view.text.length > LONG_TEXT || undefined}
          title={view.hint ?? undefined}
        >
          <UntrustedText text={view.text} clipAs={variable.displayName} />
          {view.mark !== null && <Mark name={variable.displayName} text={view.mark} />}
        </span>
      );
  }
}

function Mark({ name, text }: { name: string; text: string }) {
  return (
    <Popover position="bottom" shadow="md" withArrow>
      <Popover.Target>
        <button type="button" className={css.mark} aria-label={`${name} is shown as it came: why?`}>
          <Icon name="info" size={16} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={css.why}>{text}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
