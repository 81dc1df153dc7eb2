// Whether a request of this kind is under way.
import type { Request } from '../actions/action';
import { useUi } from '../model/ui';

export function usePending(kind: Request['kind'], interactionId?: string): boolean {
  const key = interactionId === undefined ? kind : `${kind}:${interactionId}`;
  return useUi((store) => store.inFlight.has(key));
}
