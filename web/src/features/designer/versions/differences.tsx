// What is different between two flows, as a list of sentences that lead to their nodes.
import { useMemo } from 'react';
import { UntrustedText } from '@/ui/untrusted-text';
import { difference } from '../graph/difference';
import type { Flow } from '../graph/flow';
import { only } from '../state/choice';
import { useDesigner } from '../state/context';
import css from './versions.module.css';

interface DifferencesProps {
  before: Flow;
  after: Flow;
  /** Said when there is no difference. */
  none: string;
  /** Sentences lead to their nodes; in a dialog they do not. */
  still?: boolean;
}

export function Differences({ before, after, none, still = false }: DifferencesProps) {
  const { vocabulary, choose } = useDesigner();
  const changes = useMemo(() => difference(before, after, vocabulary), [before, after, vocabulary]);
  if (changes.length === 0) return <p className={css.soft}>{none}</p>;
  return (
    <ul className={css.changes}>
      {changes.map(({ node, words }) => (
        <li key={words}>
          {node === null || still ? (
            <UntrustedText text={words} />
          ) : (
            <button type="button" className={css.link} onClick={() => choose(only(node))}>
              <UntrustedText text={words} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
