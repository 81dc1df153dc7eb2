// The frame of every dialog of this page.
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { openDialog } from '../model/ui';

/** The page behind may scroll on: locking it would lay hundreds of rows out anew. */
export function Dialog({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Modal opened onClose={() => openDialog(null)} title={title} centered lockScroll={false}>
      {children}
    </Modal>
  );
}
