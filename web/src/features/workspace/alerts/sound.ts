// The ring: two soft tones made here, so there is no file to fetch and nothing to cache.
import { useAlertSettings } from './settings';

/** Pause between rings while an offer waits. */
export const RING_EVERY_MS = 3_000;

let context: AudioContext | null = null;

/** Browsers stay silent until the person did something on the page; the first press unlocks. */
export function unlockOnGesture(): () => void {
  const unlock = () => {
    context ??= new AudioContext();
    void context.resume().then(() => useAlertSettings.setState({ unlocked: true }));
  };
  const once = { once: true, capture: true } as const;
  window.addEventListener('pointerdown', unlock, once);
  window.addEventListener('keydown', unlock, once);
  return () => {
    window.removeEventListener('pointerdown', unlock, once);
    window.removeEventListener('keydown', unlock, once);
  };
}

export function ringOnce(): void {
  if (context === null) return;
  const start = context.currentTime;
  tone(context, 659.25, start);
  tone(context, 880, start + 0.18);
}

function tone(audio: AudioContext, hertz: number, at: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = 'sine';
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.18, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.55);
}
