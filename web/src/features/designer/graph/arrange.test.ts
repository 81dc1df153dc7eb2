import { describe, expect, it } from 'vitest';
import { arrange, freePlace, placesOf } from './arrange';
import { FLOW } from './fixtures/flows';
import { KINDS_BY_NAME } from './fixtures/palette';
import { parseFlow } from './flow-json';
import { CARD_WIDTH, cardHeight, shownExits } from './geometry';

describe('arranging', () => {
  const places = arrange(FLOW, KINDS_BY_NAME);

  it('puts every node to the right of those that lead to it', () => {
    for (const [id, node] of FLOW.nodes) {
      for (const to of node.exits.values()) {
        expect(places.get(to)?.x, `${id} to ${to}`).toBeGreaterThan(places.get(id)?.x ?? 0);
      }
    }
  });

  it('gives the same places to the same flow, in whatever order its nodes come', () => {
    const turned = { ...FLOW, nodes: new Map([...FLOW.nodes].reverse()) };
    expect(arrange(turned, KINDS_BY_NAME)).toEqual(places);
  });

  it('lets no two cards cover each other, loops and lonely nodes included', () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [
        `n${i}`,
        {
          label: `N${i}`,
          kind: { say: { text: 'x' } },
          exits: i % 7 === 0 ? {} : { next: `n${(i * 13) % 200}` },
        },
      ]),
    );
    const flow = parseFlow({ start: 'n1', nodes });
    const cards = [...arrange(flow, KINDS_BY_NAME)].map(([id, at]) => {
      const node = flow.nodes.get(id);
      return { ...at, height: cardHeight(node ? shownExits(node, KINDS_BY_NAME).length : 0) };
    });
    expect(cards.length).toBe(200);
    for (const [i, one] of cards.entries()) {
      for (const other of cards.slice(i + 1)) {
        const apart =
          Math.abs(one.x - other.x) >= CARD_WIDTH ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart).toBe(true);
      }
    }
  });

  it('takes no time to speak of for the largest flow, long loops and long wires included', () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [
        `n${i}`,
        {
          label: `N${i}`,
          kind: { menu: { text: 'x', keys: '12' } },
          exits: { '1': `n${(i * 2 + 1) % 500}`, '2': `n${(i + 1) % 500}`, noInput: 'n0' },
        },
      ]),
    );
    expect(arrange(parseFlow({ start: 'n0', nodes }), KINDS_BY_NAME).size).toBe(500);
  });

  it('leaves a node where somebody put it', () => {
    const drawing = { flow: FLOW, layout: new Map([['vip', { x: -8, y: 1000 }]]) };
    expect(placesOf(drawing, KINDS_BY_NAME).get('vip')).toEqual({ x: -8, y: 1000 });
    expect(placesOf(drawing, KINDS_BY_NAME).get('bye')).toEqual(places.get('bye'));
  });

  it('finds a free place below all that is in the way', () => {
    const free = (x: number, y: number) => freePlace({ x, y }, FLOW, places, KINDS_BY_NAME);
    const vip = places.get('vip') ?? { x: 0, y: 0 };
    const at = free(vip.x + 10, vip.y + 3);
    expect(at.y).toBeGreaterThanOrEqual(vip.y + cardHeight(3));
    expect(free(vip.x - 10_000, 3)).toEqual({ x: Math.round((vip.x - 10_000) / 8) * 8, y: 0 });
  });
});
