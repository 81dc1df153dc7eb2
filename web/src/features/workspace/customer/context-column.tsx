// The right column: the customer, why me, and the wrap-up, always in this order. While an interaction
// is only offered, why me is on the offer card, and so are messages.
import type { State } from '@/contract/types';
import { findWork } from '../model/place';
import { useUi } from '../model/ui';
import { WhyYou } from '../why/why-you';
import css from '../workspace-page.module.css';
import { WrapUpForm } from '../wrap-up/wrap-up-form';
import { CustomerPanel } from './customer-panel';
import { Messages } from './messages';

export function ContextColumn({ state }: { state: State }) {
  const selectedId = useUi((store) => store.selectedId);
  const work = findWork(state, selectedId);
  if (work === null) {
    return <p className={css.nothing}>The customer of the interaction in work is shown here.</p>;
  }
  return (
    <>
      {work.place !== 'offered' && <Messages messages={work.messages} />}
      <CustomerPanel work={work} />
      {work.place !== 'offered' && (
        <>
          {work.why !== null && (
            <WhyYou
              key={work.interactionId}
              why={work.why}
              agentId={state.agent.id}
              size={work.place === 'wrapUp' ? 'title' : 'line'}
            />
          )}
          {work.wrapUp !== null && <WrapUpForm work={work} />}
        </>
      )}
    </>
  );
}
