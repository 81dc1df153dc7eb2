// Files, and what is shown on the canvas beside the drawing.
import { Menu } from '@mantine/core';
import { useRef, useState } from 'react';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { messageOf } from '../api/message';
import { drawingText, parseDrawing } from '../graph/flow-json';
import { useDesigner, useDesignerState } from '../state/context';
import { FaultDialog } from './fault-dialog';

export function FileMenu() {
  const { store, edit, set } = useDesigner();
  const isLive = useDesignerState(({ live }) => live !== null);
  const picker = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      const { flow, layout } = parseDrawing(await file.text());
      edit({ type: 'replace', drawing: { flow, layout }, words: `import ${file.name}` });
    } catch (error) {
      setFault(messageOf(error));
    }
  };
  const write = () => {
    const { name, history } = store.getState();
    download(`${name || 'script'}.json`, drawingText(name, history.present));
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={260}>
        <Menu.Target>
          <Button
            tone="quiet"
            size="small"
            label="More: files and live counts"
            icon={<Icon name="more" />}
          />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Icon name={isLive ? 'check' : 'people'} />}
            onClick={() => set({ live: isLive ? null : new Map() })}
          >
            {isLive ? 'Hide open interactions' : 'Show open interactions'}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="up" />} onClick={() => picker.current?.click()}>
            Import a file…
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="down" />} onClick={write}>
            Export as a file
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={picker}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="File to import"
        onChange={({ target }) => {
          void read(target.files?.[0]);
          target.value = '';
        }}
      />
      <FaultDialog title="The file was not imported" fault={fault} onClose={() => setFault(null)} />
    </>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
