// What the canvas reports, as edits and choices: a drag is one move when it ends.
import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import type { Layout, Link, Point } from '../graph/flow';
import { linkKey } from '../graph/trace';
import { useDesigner } from '../state/context';
import type { CardNode } from './card';

const STILL: Layout = new Map();

export function useChanges(setDragged: (dragged: Layout) => void) {
  const { store, edit, choose } = useDesigner();
  const moving = useRef(new Map<string, Point>());
  return useMemo(() => {
    const onNodesChange = (changes: NodeChange<CardNode>[]) => {
      const nodes = new Set(store.getState().choice.nodes);
      let chose = false;
      let ended = false;
      for (const change of changes) {
        if (change.type === 'select') {
          chose = true;
          if (change.selected) nodes.add(change.id);
          else nodes.delete(change.id);
        } else if (change.type === 'position' && change.position !== undefined) {
          moving.current = new Map(moving.current).set(change.id, change.position);
          if (change.dragging !== true) ended = true;
        } else if (change.type === 'position' && change.dragging === false) ended = true;
      }
      if (chose) choose({ ...store.getState().choice, nodes });
      if (ended) {
        const to = moving.current;
        moving.current = new Map();
        setDragged(STILL);
        edit({ type: 'move', to });
      } else if (moving.current.size > 0) setDragged(moving.current);
    };
    const onEdgesChange = (changes: EdgeChange[]) => {
      const chosen = new Set(store.getState().choice.links.map(linkKey));
      for (const change of changes) {
        if (change.type !== 'select') continue;
        if (change.selected) chosen.add(change.id);
        else chosen.delete(change.id);
      }
      choose({ ...store.getState().choice, links: [...chosen].map(linkOf) });
    };
    return { onNodesChange, onEdgesChange };
  }, [store, edit, choose, setDragged]);
}

function linkOf(key: string): Link {
  const [from, exit] = JSON.parse(key) as [string, string];
  return { from, exit };
}
