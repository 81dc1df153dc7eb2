// Calm sentences about things the agent did not cause. They stay until read or replaced by newer ones.
import { create } from 'zustand';

/** More than this many at once is noise; the oldest goes. */
const NOTICES_MAX = 3;

export interface Notice {
  id: number;
  tone: 'info' | 'warning';
  text: string;
  /** A note that was not sent and would otherwise be lost. */
  unsentNote: string | null;
}

interface NoticeStore {
  notices: Notice[];
}

export const useNotices = create<NoticeStore>()(() => ({ notices: [] }));

let lastId = 0;

export function notify(tone: Notice['tone'], text: string, unsentNote: string | null = null): void {
  const notice = { id: ++lastId, tone, text, unsentNote };
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((each) => each.text !== text), notice].slice(-NOTICES_MAX),
  }));
}

export function dismiss(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((each) => each.id !== id) }));
}

export function dismissAll(): void {
  useNotices.setState({ notices: [] });
}
