// How large nodes are and where their ports sit, in canvas units. The canvas draws by these numbers,
// so nothing has to be measured before wires can be drawn.
import type { FlowNode, Point } from './flow';
import { ERROR, type Exit, exitsOf, type Kinds } from './kinds';

export const CARD_WIDTH = 232;
export const HEAD_HEIGHT = 70;
export const ROW_HEIGHT = 26;
export const FOOT_HEIGHT = 6;
/** How far below a card's top the way in is. */
export const PORT_IN_TOP = 24;
/** Positions snap to this. */
export const GRID = 8;

/** The exits a card shows: `error` only once it is wired, for nearly no node has it so. */
export function shownExits(node: FlowNode, kinds: Kinds): readonly Exit[] {
  return exitsOf(node, kinds).filter(({ name }) => name !== ERROR || node.exits.has(ERROR));
}

export function cardHeight(exits: number): number {
  return HEAD_HEIGHT + exits * ROW_HEIGHT + (exits > 0 ? FOOT_HEIGHT : 0);
}

/** The middle of an exit's port, from the card's corner. */
export function portAt(index: number): Point {
  return { x: CARD_WIDTH, y: HEAD_HEIGHT + index * ROW_HEIGHT + ROW_HEIGHT / 2 };
}

export function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}
