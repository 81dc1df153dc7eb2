import { describe, expect, it } from 'vitest';
import { dialled, targetOptions } from './target';

const TARGETS = {
  agents: [
    { id: 'b', name: 'Ben', status: 'available', available: true },
    { id: 'c', name: 'Cara', status: 'available', available: false },
    { id: 'd', name: 'Dan', status: 'onBreak', available: false },
  ],
  queues: [
    { id: 1, name: 'Billing', mediaType: 'phone', waiting: 2, free: 1 },
    { id: 2, name: 'Website', mediaType: 'chat', waiting: 0, free: 3 },
  ],
  more: false,
} as const;

describe('whom a customer can be handed on to', () => {
  it('is said with how it stands now; a call goes to queues of calls', () => {
    const options = targetOptions(
      { ...TARGETS, agents: [...TARGETS.agents], queues: [...TARGETS.queues] },
      '',
    );
    expect(options.map(({ target, note, free }) => [target.name, note, free])).toEqual([
      ['Ben', 'free now', true],
      ['Cara', 'busy', false],
      ['Dan', 'on break', false],
      ['Billing', '2 waiting, 1 free', false],
    ]);
  });

  it('can be a number that was typed', () => {
    expect(targetOptions(null, ' +1 617 555-1234 ')[0]?.target).toEqual({
      kind: 'number',
      number: '+1 617 555-1234',
      name: '+1 617 555-1234',
    });
  });

  it.each(['', '12', 'ben', '+', '555 ben', '---', '1'.repeat(33)])('%j is no number', (typed) => {
    expect(dialled(typed)).toBeNull();
  });
});
