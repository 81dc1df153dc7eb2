// How the groups of the palette look. A group that is not known here looks plain.
import type { IconName } from '@/ui/icon';

interface Look {
  title: string;
  icon: IconName;
}

const LOOKS: Readonly<Record<string, Look>> = {
  test: { title: 'Test', icon: 'branch' },
  data: { title: 'Data', icon: 'variables' },
  talk: { title: 'Talk', icon: 'prompt' },
  route: { title: 'Route', icon: 'queue' },
  wait: { title: 'Wait', icon: 'clock' },
  end: { title: 'End', icon: 'hangUp' },
};

export function lookOf(group: string | undefined): Look {
  return (group !== undefined && LOOKS[group]) || { title: group ?? 'Unknown', icon: 'script' };
}
