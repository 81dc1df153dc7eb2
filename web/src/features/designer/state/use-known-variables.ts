// Variables to choose from: those of the flow, then the system's.
import { useMemo } from 'react';
import { variablesOf } from '../graph/variables';
import { useDesigner, useFlow } from './context';

export function useKnownVariables(): readonly string[] {
  const flow = useFlow();
  const { systemVariables } = useDesigner().vocabulary;
  return useMemo(
    () => [...new Set([...variablesOf(flow), ...systemVariables])],
    [flow, systemVariables],
  );
}
