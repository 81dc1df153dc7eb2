// The display variables, in the order the sender set.
import type { ReactNode } from 'react';
import type { Variable } from '@/contract/types';
import { Panel } from '@/ui/panel';
import { UntrustedText } from '@/ui/untrusted-text';
import css from './customer.module.css';
import { VariableValue } from './variable-value';

interface CustomerInformationProps {
  variables: Variable[];
  children?: ReactNode;
}

export function CustomerInformation({ variables, children }: CustomerInformationProps) {
  return (
    <Panel title="Customer Information">
      {variables.length === 0 ? (
        <p className={css.empty}>Nothing was sent about this customer.</p>
      ) : (
        <dl className={css.rows}>
          {variables.map((variable) => (
            <div className={css.row} key={variable.name}>
              <dt>
                <UntrustedText text={variable.displayName} />
              </dt>
              <dd>
                <VariableValue variable={variable} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </Panel>
  );
}
