// Whatever is chosen, by whatever way, is brought into sight.
import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { CARD_WIDTH, cardHeight } from '../graph/geometry';
import { single } from '../state/choice';
import { useDesigner, useDesignerState } from '../state/context';

const TALL = cardHeight(3);

export function useInSight(section: RefObject<HTMLElement | null>): void {
  const { store } = useDesigner();
  const { getViewport, setCenter } = useReactFlow();
  const chosen = useDesignerState(({ choice }) => single(choice));
  useEffect(() => {
    const at = chosen === null ? undefined : store.getState().places.get(chosen);
    const room = section.current?.getBoundingClientRect();
    if (at === undefined || room === undefined) return;
    const { x, y, zoom } = getViewport();
    const left = at.x * zoom + x;
    const top = at.y * zoom + y;
    const right = left + CARD_WIDTH * zoom;
    const bottom = top + TALL * zoom;
    if (left >= 0 && top >= 0 && right <= room.width && bottom <= room.height) return;
    void setCenter(at.x + CARD_WIDTH / 2, at.y + TALL / 2, { zoom });
  }, [chosen, store, section, getViewport, setCenter]);
}
