// My work: everything that is mine right now, oldest first, each with its place and its time.
import type { State } from '@/contract/types';
import { ownWork, secondLine } from '../model/lines';
import { select, useUi } from '../model/ui';
import { WorkItem } from './work-item';
import css from './work-list.module.css';

export function WorkList({ state }: { state: State }) {
  const selectedId = useUi((store) => store.selectedId);
  const own = ownWork(state.work);
  return (
    <>
      <div className={css.head}>
        <h2 id="my-work" tabIndex={-1}>
          My work
        </h2>
        <span className="digits">{own.length}</span>
      </div>
      {own.length === 0 ? (
        <p className={css.empty}>Nothing is assigned to you.</p>
      ) : (
        <ul className={css.list}>
          {own.map((work) => (
            <li key={work.interactionId}>
              <WorkItem
                work={work}
                line={secondLine(state, work.interactionId)}
                current={work.interactionId === selectedId}
                onSelect={() => select(work.interactionId)}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
