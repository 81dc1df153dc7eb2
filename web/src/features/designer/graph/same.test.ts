import { describe, expect, it } from 'vitest';
import { applyEdit } from './edit';
import { DRAWING, FLOW } from './fixtures/flows';
import { KINDS_BY_NAME } from './fixtures/palette';
import { flowJson, parseFlow } from './flow-json';
import { setIn } from './json';
import { sameFlow, sameLayout } from './same';

describe('flows that mean the same', () => {
  it('are the same with and without what is off or empty', () => {
    const json = flowJson(FLOW);
    const spelled = setIn(json, ['nodes', 'queue', 'kind', 'toQueue', 'leaveWhenUnstaffed'], false);
    expect(sameFlow(FLOW, parseFlow(spelled))).toBe(true);
    expect(sameFlow(FLOW, parseFlow(setIn(json, ['tests', 0, 'given', 'queues'], {})))).toBe(true);
  });

  it('differ by any word', () => {
    const edit = { type: 'rename', id: 'vip', label: 'x' } as const;
    expect(sameFlow(FLOW, applyEdit(DRAWING, edit, KINDS_BY_NAME).flow)).toBe(false);
  });

  it('stand in the same place to the unit', () => {
    const at = (x: number) => new Map([['a', { x, y: 0 }]]);
    expect(sameLayout(at(1.2), at(1))).toBe(true);
    expect(sameLayout(at(2), at(1))).toBe(false);
  });
});
