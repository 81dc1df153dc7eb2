import { describe, expect, it } from 'vitest';
import { agentRow, queueRow } from '@/testing/wallboard';
import { countDoing, filterAgents, sortAgents, sortQueues } from './select';

const names = (rows: { name: string }[]) => rows.map(({ name }) => name);

describe('queues', () => {
  const calm = queueRow({ name: 'Calm' });
  const busy = queueRow({ name: 'Busy', waiting: 3, offered: 1, longestSince: 50 });
  const slow = queueRow({ name: 'Slow', waiting: 1, longestSince: 10 });

  it('come with those first that need somebody', () => {
    expect(names(sortQueues([calm, slow, busy], 'waiting'))).toEqual(['Busy', 'Slow', 'Calm']);
    expect(names(sortQueues([calm, busy, slow], 'longest'))).toEqual(['Slow', 'Busy', 'Calm']);
    expect(names(sortQueues([slow, calm, busy], 'name'))).toEqual(['Busy', 'Calm', 'Slow']);
  });

  it('without a service level come after those with one', () => {
    const met = queueRow({ name: 'Met', serviceLevel: { numerator: 9, denominator: 10 } });
    const missed = queueRow({ name: 'Missed', serviceLevel: { numerator: 1, denominator: 10 } });
    expect(names(sortQueues([calm, met, missed], 'level'))).toEqual(['Missed', 'Met', 'Calm']);
  });
});

describe('agents', () => {
  const ann = agentRow({ name: 'Ann', doing: 'onBreak', doingSince: 5, queueIds: [2] });
  const ben = agentRow({ name: 'Ben', doing: 'talking', doingSince: 9 });
  const cara = agentRow({ name: 'Cara', doing: 'talking', doingSince: 3 });

  it('come by what they do, the longest first', () => {
    expect(names(sortAgents([ann, ben, cara], 'doing'))).toEqual(['Cara', 'Ben', 'Ann']);
  });

  it('are found by name, queue and what they do', () => {
    const filter = { text: '', queueId: null, doing: null };
    expect(names(filterAgents([ann, ben], { ...filter, text: ' AN' }))).toEqual(['Ann']);
    expect(names(filterAgents([ann, ben], { ...filter, queueId: 1 }))).toEqual(['Ben']);
    expect(names(filterAgents([ann, ben], { ...filter, doing: 'onBreak' }))).toEqual(['Ann']);
  });

  it('are counted by what they do before that is chosen', () => {
    const counts = countDoing([ann, ben, cara], { text: '', queueId: null, doing: 'onBreak' });
    expect(counts.get('talking')).toBe(2);
    expect(counts.get('onBreak')).toBe(1);
    expect(counts.get('loggedOut')).toBe(0);
  });
});
