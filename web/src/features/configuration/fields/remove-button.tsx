// Takes one entry out of a list.
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';

export function RemoveButton({ what, onClick }: { what: string; onClick: () => void }) {
  return (
    <Button
      tone="quiet"
      size="small"
      label={`Remove ${what}`}
      icon={<Icon name="cross" size={16} />}
      onClick={onClick}
    />
  );
}
