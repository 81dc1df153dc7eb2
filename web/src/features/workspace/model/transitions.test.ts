import { describe, expect, it } from 'vitest';
import type { Change } from '@/contract/types';
import { offered, state, talking, wrappingUp } from '@/testing/state';
import { transitions } from './transitions';

const nobody = () => false;
const change: Change = {
  at: 1,
  interactionId: 'i1',
  kind: 'offerEnded',
  text: 'You did not answer in time',
};

describe('what happened to my work', () => {
  it('is told in the words of the log', () => {
    const found = transitions(state({ work: [offered()] }), state(), [change], nobody);
    expect(found).toEqual([
      { work: offered(), kind: 'offerGone', text: 'You did not answer in time.' },
    ]);
  });

  it('is told by the change that is about it, not by what follows', () => {
    const before = state({ work: [talking()] });
    const changes: Change[] = [
      { at: 1, interactionId: 'i1', kind: 'ended', text: 'The customer ended the conversation' },
      { at: 1, interactionId: 'i1', kind: 'wrapUp', text: 'Wrap up now' },
    ];
    const [found] = transitions(before, state({ work: [wrappingUp()] }), changes, nobody);
    expect(found?.text).toBe('The customer ended the conversation.');
  });

  it('has words of its own when the log is silent', () => {
    const [found] = transitions(state({ work: [offered()] }), state(), [], nobody);
    expect(found?.text).toBe('The offer from Billing is no longer yours.');
  });

  it('tells an ended call and a closed wrap-up', () => {
    const ended = transitions(
      state({ work: [talking()] }),
      state({ work: [wrappingUp()] }),
      [],
      nobody,
    );
    expect(ended[0]?.kind).toBe('callEnded');
    const closed = transitions(state({ work: [wrappingUp()] }), state(), [], nobody);
    expect(closed[0]?.kind).toBe('wrapUpGone');
  });

  it('is silent about what this page did itself', () => {
    const mine = (kind: string) => kind === 'offerGone';
    expect(transitions(state({ work: [offered()] }), state(), [change], mine)).toEqual([]);
  });

  it('is silent about what only moved on', () => {
    const before = state({ work: [offered()] });
    expect(transitions(before, state({ work: [talking()] }), [], nobody)).toEqual([]);
    expect(transitions(null, before, [], nobody)).toEqual([]);
  });
});
