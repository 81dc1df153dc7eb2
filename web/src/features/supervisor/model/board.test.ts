import { describe, expect, it } from 'vitest';
import { agentRow, queueRow, wallboard } from '@/testing/wallboard';
import { withRows } from './board';

describe('the board', () => {
  it('replaces the rows that changed and keeps the others as they are', () => {
    const before = wallboard();
    const billing = queueRow({ id: 1, waiting: 4 });
    const after = withRows(before, 9, 2_000, [billing], []);
    expect(after.position).toBe(9);
    expect(after.queues[0]).toBe(billing);
    expect(after.queues[1]).toBe(before.queues[1]);
    expect(after.agents).toBe(before.agents);
  });

  it('ignores rows of what it does not know: settings come as a whole board', () => {
    const before = wallboard();
    const after = withRows(before, 9, 2_000, [], [agentRow({ id: 'agNobody' })]);
    expect(after.agents.map(({ id }) => id)).toEqual(before.agents.map(({ id }) => id));
  });
});
