// One node on the canvas: what it is, what it does, and a port for each exit.
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { Icon } from '@/ui/icon';
import { HEAD_HEIGHT, PORT_IN_TOP, portAt, ROW_HEIGHT } from '../graph/geometry';
import css from './canvas.module.css';
import type { CardNode } from './card';
import { lookOf } from './groups';

export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps<CardNode>) {
  const { label, kind, group, summary, exits, wired, worst, isStart, isLit, live } = data;
  return (
    <div
      className={css.card}
      data-chosen={selected || undefined}
      data-lit={isLit || undefined}
      data-worst={worst ?? undefined}
    >
      <Handle
        type="target"
        position={Position.Left}
        className={css.in}
        style={{ top: PORT_IN_TOP }}
      />
      <div className={css.head} style={{ height: HEAD_HEIGHT }}>
        <p className={css.kind}>
          <Icon name={lookOf(group).icon} size={13} />
          <span>{kind}</span>
          {isStart && <span className={css.start}>Start</span>}
          {live !== null && live > 0 && <span className={css.live}>{live}</span>}
          {worst !== null && (
            <span className={css.worst} data-worst={worst}>
              <Icon name="warning" size={14} />
            </span>
          )}
        </p>
        <p className={css.label}>
          <bdi>{label || '(no label)'}</bdi>
        </p>
        <p className={css.summary}>
          <bdi>{summary}</bdi>
        </p>
      </div>
      {exits.map((exit, index) => (
        <div
          key={exit.name}
          className={css.exit}
          style={{ height: ROW_HEIGHT }}
          data-stale={exit.stale || undefined}
          data-open={!wired.has(exit.name) || undefined}
        >
          <bdi>{exit.title}</bdi>
          <Handle
            type="source"
            id={exit.name}
            position={Position.Right}
            className={css.out}
            style={{ top: portAt(index).y }}
          />
        </div>
      ))}
    </div>
  );
});
