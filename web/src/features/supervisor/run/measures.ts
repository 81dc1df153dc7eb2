// What the numbers mean, fetched when first asked for and kept.
import { useEffect } from 'react';
import { create } from 'zustand';
import { answer, client } from '@/contract/client';
import type { Measure } from '@/contract/types';

interface MeasureStore {
  measures: Measure[] | null;
  failed: boolean;
}

const useStore = create<MeasureStore>()(() => ({ measures: null, failed: false }));

async function load(): Promise<void> {
  try {
    const { items } = await answer(client.GET('/supervisor/v1/measures'));
    useStore.setState({ measures: items, failed: false });
  } catch {
    useStore.setState({ failed: true });
  }
}

/** The meaning of one number; loading until it is known. */
export function useMeasure(key: string): { measure: Measure | null; failed: boolean } {
  const { measures, failed } = useStore();
  useEffect(() => {
    if (measures === null) void load();
  }, [measures]);
  return { measure: measures?.find((measure) => measure.key === key) ?? null, failed };
}
