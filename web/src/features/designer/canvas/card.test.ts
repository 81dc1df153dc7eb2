import { describe, expect, it } from 'vitest';
import { arrange } from '../graph/arrange';
import { applyEdit } from '../graph/edit';
import { FLOW } from '../graph/fixtures/flows';
import { KINDS_BY_NAME, WORDS } from '../graph/fixtures/palette';
import { linkKey, UNLIT } from '../graph/trace';
import { NOTHING, only } from '../state/choice';
import { Cards, type Picture, wires } from './card';
import { neighbour } from './use-keys';

const PICTURE: Picture = {
  flow: FLOW,
  places: arrange(FLOW, KINDS_BY_NAME),
  choice: NOTHING,
  findings: [],
  lit: UNLIT,
  live: null,
};

describe('what the canvas draws', () => {
  it('is the same card as before unless something of it changed', () => {
    const cards = new Cards(WORDS);
    const first = cards.draw(PICTURE);
    const edit = { type: 'rename', id: 'vip', label: 'Important?' } as const;
    const { flow } = applyEdit({ flow: FLOW, layout: new Map() }, edit, KINDS_BY_NAME);
    const second = cards.draw({ ...PICTURE, flow });
    const changed = second.filter((card, index) => card !== first[index]);
    expect(changed.map(({ id }) => id)).toEqual(['vip']);
  });

  it('says aloud what a card shows', () => {
    const findings = [
      { severity: 'warning', node: 'language', field: 'exits.noMatch', message: 'x' },
      { severity: 'error', node: 'language', field: 'label', message: 'y' },
    ] as const;
    const live = new Map([['language', 3]]);
    const [card] = new Cards(WORDS).draw({ ...PICTURE, findings, live });
    expect(card?.ariaLabel).toBe('Menu, Language, start, 2 problems, 3 here now');
    expect(card?.data.worst).toBe('error');
  });

  it('has one stop for Tab', () => {
    const stops = (picture: Picture) =>
      new Cards(WORDS)
        .draw(picture)
        .filter(({ domAttributes }) => domAttributes?.tabIndex === 0)
        .map(({ id }) => id);
    expect(stops(PICTURE)).toEqual(['language']);
    expect(stops({ ...PICTURE, choice: only('bye') })).toEqual(['bye']);
  });

  it('draws a wire for every exit that leads to a node', () => {
    const lit = {
      nodes: new Set<string>(),
      links: new Set([linkKey({ from: 'vip', exit: 'true' })]),
    };
    const drawn = wires(FLOW, NOTHING, lit);
    expect(drawn.length).toBe(6);
    expect(
      drawn.filter(({ className }) => className === 'lit').map(({ target }) => target),
    ).toEqual(['queue']);
  });
});

describe('arrow keys on the canvas', () => {
  it('go to the nearest node that way', () => {
    const places = new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 300, y: 10 }],
      ['c', { x: 600, y: 0 }],
      ['below', { x: 20, y: 200 }],
    ]);
    expect(neighbour(places, 'a', { x: 1, y: 0 })).toBe('b');
    expect(neighbour(places, 'a', { x: 0, y: 1 })).toBe('below');
    expect(neighbour(places, 'c', { x: 1, y: 0 })).toBeNull();
  });
});
