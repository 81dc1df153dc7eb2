// Where the canvas looks when it opens: at everything if that can be read, otherwise at the start.
import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { Layout } from '../graph/flow';
import { CARD_WIDTH, cardHeight } from '../graph/geometry';

/** Below this zoom the words on a card cannot be read. */
const READABLE = 0.8;
const MARGIN = 48;
/** Cards are about so tall; the first look need not be exact. */
const TALL = cardHeight(3);

export function firstView(
  places: Layout,
  start: string,
  { width, height }: { width: number; height: number },
): Viewport {
  const all = [...places.values()];
  if (all.length === 0) return { x: MARGIN, y: height / 3, zoom: typeSize() };
  const x = Math.min(...all.map((at) => at.x));
  const y = Math.min(...all.map((at) => at.y));
  const right = Math.max(...all.map((at) => at.x)) + CARD_WIDTH;
  const bottom = Math.max(...all.map((at) => at.y)) + TALL;
  const bounds = { x, y, width: right - x, height: bottom - y };
  const type = typeSize();
  const whole = getViewportForBounds(bounds, width, height, 0.1, type, 0.1);
  const zoom = READABLE * type;
  if (whole.zoom >= zoom) return whole;
  const first = places.get(start) ?? { x, y };
  return { x: MARGIN - first.x * zoom, y: height / 3 - first.y * zoom, zoom };
}

/** How large the page's type is, compared with the usual: cards are drawn in fixed units. */
function typeSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
}
