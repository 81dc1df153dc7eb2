// Zoom, the whole picture, and putting the nodes in order.
import { useReactFlow } from '@xyflow/react';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { useDesigner } from '../state/context';
import css from './canvas.module.css';

export function ViewTools() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const { edit } = useDesigner();
  const arrange = () => {
    edit({ type: 'arrange' });
    requestAnimationFrame(() => void fitView({ padding: 0.15, maxZoom: 1 }));
  };
  return (
    <div className={css.tools} role="toolbar" aria-label="View">
      <Tool label="Zoom in" icon="plus" onClick={() => void zoomIn()} />
      <Tool label="Zoom out" icon="minus" onClick={() => void zoomOut()} />
      <Tool
        label="Show all"
        icon="fit"
        onClick={() => void fitView({ padding: 0.15, maxZoom: 1 })}
      />
      <Tool label="Put the nodes in order" icon="arrange" onClick={arrange} />
    </div>
  );
}

interface ToolProps {
  label: string;
  icon: 'plus' | 'minus' | 'fit' | 'arrange';
  onClick: () => void;
}

function Tool({ label, icon, onClick }: ToolProps) {
  return (
    <Button
      tone="quiet"
      size="small"
      label={label}
      icon={<Icon name={icon} size={16} />}
      onClick={onClick}
    />
  );
}
