// The published versions, newest first: what is different in the draft, and the way back.
import { useCallback, useEffect, useState } from 'react';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Message } from '@/ui/message';
import { Moment } from '@/ui/moment';
import { UntrustedText } from '@/ui/untrusted-text';
import { messageOf } from '../api/message';
import { listVersions, loadVersion } from '../api/scripts';
import type { Page, VersionRow } from '../api/wire';
import type { Flow } from '../graph/flow';
import { useDesigner, useDesignerState } from '../state/context';
import { Differences } from './differences';
import css from './versions.module.css';

export function VersionsPanel() {
  const { store } = useDesigner();
  const published = useDesignerState(({ script }) => script.publishedVersion);
  const [pages, setPages] = useState<Page<VersionRow> | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const load = useCallback(
    async (after: Page<VersionRow>['next'], earlier: readonly VersionRow[]) => {
      setFault(null);
      try {
        const { items, next } = await listVersions(store.getState().script.id, after);
        setPages({ items: [...earlier, ...items], next });
      } catch (error) {
        setFault(messageOf(error));
      }
    },
    [store],
  );
  // A publication adds a version.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => void load(null, []), [load, published]);
  if (fault !== null) {
    const again = <Button onClick={() => void load(null, [])}>Try again</Button>;
    return <Message icon="linkOff" title={fault} actions={again} />;
  }
  if (pages === null) return <p role="status">Loading the versions…</p>;
  if (pages.items.length === 0) {
    return (
      <Message icon="script" title="Not published yet">
        <p>Calls are not served by this script before its first publication.</p>
      </Message>
    );
  }
  return (
    <div className={css.panel}>
      <ol className={css.versions}>
        {pages.items.map((version) => (
          <Version key={version.version} row={version} serves={version.version === published} />
        ))}
      </ol>
      {pages.next !== null && (
        <Button size="small" onClick={() => void load(pages.next, pages.items)}>
          Older versions
        </Button>
      )}
    </div>
  );
}

function Version({ row, serves }: { row: VersionRow; serves: boolean }) {
  const { store, edit } = useDesigner();
  const [flow, setFlow] = useState<Flow | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { id } = store.getState().script;
  const load = async (then: (flow: Flow) => void) => {
    setFault(null);
    try {
      then(await loadVersion(id, row.version));
    } catch (error) {
      setFault(messageOf(error));
    }
  };
  const restore = (old: Flow) => {
    const { layout } = store.getState().history.present;
    const words = `restore version ${row.version}`;
    edit({ type: 'replace', drawing: { flow: old, layout }, words });
  };
  return (
    <li className={css.version}>
      <p>
        <b>Version {row.version}</b>
        {serves && <span className={css.tag}>serves new calls</span>}
      </p>
      <p className={css.soft}>
        {row.publishedAt !== null && <Moment at={row.publishedAt} />}
        {row.by !== null && (
          <>
            {' by '}
            <UntrustedText text={row.by.name} />
          </>
        )}
      </p>
      <div className={css.row}>
        <Button
          size="small"
          aria-expanded={flow !== null}
          onClick={() => (flow === null ? void load(setFlow) : setFlow(null))}
        >
          {flow === null ? 'Compare with the draft' : 'Close'}
        </Button>
        <Button
          size="small"
          icon={<Icon name="undo" size={14} />}
          onClick={() => void load(restore)}
        >
          Restore
        </Button>
      </div>
      {fault !== null && <p className={css.fault}>{fault}</p>}
      {flow !== null && <SinceThen version={row.version} flow={flow} />}
    </li>
  );
}

function SinceThen({ version, flow }: { version: number; flow: Flow }) {
  const now = useDesignerState(({ history }) => history.present.flow);
  return (
    <Differences before={flow} after={now} none={`The draft is the same as version ${version}.`} />
  );
}
