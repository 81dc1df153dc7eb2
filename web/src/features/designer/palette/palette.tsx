// The nodes one can add, found by name and grouped: clicked, chosen by Enter, or dragged.
import { useMemo, useState } from 'react';
import { Icon } from '@/ui/icon';
import { lookOf } from '../canvas/groups';
import type { KindDescription } from '../graph/kinds';
import { addNode, DRAGGED_KIND } from '../state/add';
import { useDesigner } from '../state/context';
import { focusNode, PALETTE_SEARCH } from '../state/regions';
import css from './palette.module.css';

export function Palette({ onAdded }: { onAdded?: () => void }) {
  const designer = useDesigner();
  const [search, setSearch] = useState('');
  const groups = useMemo(
    () => grouped([...designer.vocabulary.kinds.values()], search),
    [designer, search],
  );
  const add = (kind: string) => {
    const id = addNode(designer, kind);
    onAdded?.();
    return id;
  };
  const first = groups[0]?.kinds[0];
  return (
    <div className={css.palette}>
      <label className={css.search}>
        <span className={css.unseen}>Find a node to add</span>
        <Icon name="search" size={16} />
        <input
          id={PALETTE_SEARCH}
          type="search"
          autoComplete="off"
          placeholder="Add a node"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || first === undefined) return;
            const id = add(first.kind);
            setSearch('');
            if (id !== null) focusNode(id);
          }}
        />
      </label>
      <div className={css.groups}>
        {groups.map(({ group, kinds }) => (
          <section key={group} aria-label={lookOf(group).title}>
            <h3 className={css.group}>{lookOf(group).title}</h3>
            <ul>
              {kinds.map((kind) => (
                <li key={kind.kind}>
                  <button
                    type="button"
                    className={css.kind}
                    title={kind.summary}
                    draggable
                    onDragStart={({ dataTransfer }) => {
                      dataTransfer.setData(DRAGGED_KIND, kind.kind);
                      dataTransfer.effectAllowed = 'copy';
                    }}
                    onClick={() => add(kind.kind)}
                  >
                    <Icon name={lookOf(group).icon} size={16} />
                    {kind.title}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p className={css.none}>No node matches “{search.trim()}”.</p>}
      </div>
    </div>
  );
}

interface KindGroup {
  group: string;
  kinds: KindDescription[];
}

/** In the server's order; a search looks at titles, then at what kinds do. */
export function grouped(kinds: readonly KindDescription[], search: string): KindGroup[] {
  const wish = search.trim().toLowerCase();
  const matches = ({ title, summary }: KindDescription) =>
    `${title} ${summary}`.toLowerCase().includes(wish);
  const groups = new Map<string, KindDescription[]>();
  for (const kind of kinds.filter(matches)) {
    groups.set(kind.group, [...(groups.get(kind.group) ?? []), kind]);
  }
  return [...groups].map(([group, all]) => ({ group, kinds: all }));
}
