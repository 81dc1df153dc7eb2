// The open script for the components below the page.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Designer, DesignerState } from './designer';

export const DesignerContext = createContext<Designer | null>(null);

export function useDesigner(): Designer {
  const designer = useContext(DesignerContext);
  if (designer === null) throw new Error('only below the designer page');
  return designer;
}

export function useDesignerState<T>(select: (state: DesignerState) => T): T {
  return useStore(useDesigner().store, select);
}

export const useFlow = () => useDesignerState(({ history }) => history.present.flow);
