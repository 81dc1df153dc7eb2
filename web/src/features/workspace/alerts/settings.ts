// How this browser alerts: a choice of the desk, not of the account.
import { create } from 'zustand';
import { read, write } from '@/lib/storage';

interface AlertSettings {
  sound: boolean;
  /** Browsers keep a page silent until the person did something on it. */
  unlocked: boolean;
}

export const useAlertSettings = create<AlertSettings>()(() => ({
  sound: read('local', 'sound') !== 'off',
  unlocked: false,
}));

export function setSound(sound: boolean): void {
  write('local', 'sound', sound ? null : 'off');
  useAlertSettings.setState({ sound });
}
