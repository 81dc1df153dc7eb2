// Everything the linter says, errors first, each with the way to its node.
import { Message } from '@/ui/message';
import type { Finding } from '../api/wire';
import { fieldWords } from '../graph/field-words';
import { only } from '../state/choice';
import { useDesigner, useDesignerState, useFlow } from '../state/context';
import { FindingNote } from './finding-note';
import css from './problems.module.css';

export function Problems() {
  const findings = useDesignerState((state) => state.findings);
  const failed = useDesignerState((state) => state.checkFailed);
  if (failed) {
    return (
      <Message icon="linkOff" title="Not checked">
        <p>The server did not say what it thinks of the script as it is now. It is asked again.</p>
      </Message>
    );
  }
  if (findings === null) return <p role="status">Looking for problems…</p>;
  if (findings.length === 0) {
    return (
      <Message icon="check" title="No problems">
        <p>The script can be published.</p>
      </Message>
    );
  }
  const rank = ({ severity }: Finding) => (severity === 'error' ? 0 : 1);
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
  return (
    <ul>
      {sorted.map((finding) => (
        <li key={JSON.stringify(finding)} className={css.item}>
          <Where finding={finding} />
          <FindingNote finding={finding} />
        </li>
      ))}
    </ul>
  );
}

function Where({ finding: { node: id, field } }: { finding: Finding }) {
  const { choose, vocabulary } = useDesigner();
  const node = useFlow().nodes.get(id ?? '');
  if (id === null) return <span>The whole script</span>;
  const place = node === undefined ? '' : fieldWords(node, field, vocabulary.kinds);
  return (
    <p className={css.place}>
      <button type="button" className={css.where} onClick={() => choose(only(id), 'node')}>
        <bdi>{node?.label || id}</bdi>
      </button>
      {place !== '' && <bdi> · {place}</bdi>}
    </p>
  );
}
