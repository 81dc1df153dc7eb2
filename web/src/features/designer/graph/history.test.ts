import { describe, expect, it } from 'vitest';
import { applyEdit } from './edit';
import { chance, DRAWING, randomEdit } from './fixtures/flows';
import { KINDS_BY_NAME } from './fixtures/palette';
import type { Drawing } from './flow';
import { flowJson, parseFlow } from './flow-json';
import { begin, type History, record, redo, STEPS_MAX, seal, undo } from './history';

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

describe('undo and redo', () => {
  it.each(SEEDS)('give back every drawing of any sequence of edits (seed %i)', (seed) => {
    const next = chance(seed);
    const seen: Drawing[] = [DRAWING];
    let history = begin(DRAWING);
    for (let step = 0; step < 80; step += 1) {
      const edit = randomEdit(history.present, next);
      const drawing = applyEdit(history.present, edit, KINDS_BY_NAME);
      history = record(history, drawing, edit.type);
      if (drawing !== seen.at(-1)) seen.push(drawing);
    }
    const frozen = seen.map(({ flow }) => JSON.stringify(flowJson(flow)));
    for (const drawing of seen.slice(0, -1).reverse()) {
      history = undo(history);
      expect(history.present).toBe(drawing);
    }
    expect(undo(history)).toBe(history);
    for (const drawing of seen.slice(1)) {
      history = redo(history);
      expect(history.present).toBe(drawing);
    }
    expect(redo(history)).toBe(history);
    expect(seen.map(({ flow }) => JSON.stringify(flowJson(flow)))).toEqual(frozen);
  });

  it.each(SEEDS)('any edited flow survives JSON (seed %i)', (seed) => {
    const next = chance(seed);
    let drawing = DRAWING;
    for (let step = 0; step < 80; step += 1) {
      drawing = applyEdit(drawing, randomEdit(drawing, next), KINDS_BY_NAME);
    }
    expect(parseFlow(JSON.parse(JSON.stringify(flowJson(drawing.flow))))).toEqual(drawing.flow);
  });

  it('takes back what was typed in one field as one step', () => {
    const typed = (history: History, label: string) =>
      record(history, renamed(history.present, label), 'rename', 'label of vip');
    let history = typed(typed(begin(DRAWING), 'a'), 'ab');
    expect(undo(history).present).toBe(DRAWING);
    history = typed(seal(history), 'abc');
    expect(undo(history).present.flow.nodes.get('vip')?.label).toBe('ab');
  });

  it('forgets what was undone once something else is done', () => {
    const history = record(begin(DRAWING), renamed(DRAWING, 'a'), 'rename');
    expect(record(undo(history), renamed(DRAWING, 'b'), 'rename').future).toEqual([]);
  });

  it('is bounded', () => {
    let history = begin(DRAWING);
    for (let step = 0; step < STEPS_MAX + 10; step += 1) {
      history = record(history, renamed(history.present, `${step}`), 'rename');
    }
    expect(history.past.length).toBe(STEPS_MAX);
  });
});

function renamed(drawing: Drawing, label: string): Drawing {
  return applyEdit(drawing, { type: 'rename', id: 'vip', label }, KINDS_BY_NAME);
}
