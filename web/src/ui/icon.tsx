// Line icons, drawn here so that nothing is fetched. Always beside a word or a label.

const PATHS = {
  phone:
    'M6.6 3.5h2.6l1.4 4-1.9 1.5a12 12 0 0 0 6.3 6.3l1.5-1.9 4 1.4v2.6a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.6 5.7a2 2 0 0 1 2-2.2Z',
  chat: 'M4.5 5.5h15v10.5h-8l-4 3.5v-3.5h-3Z',
  email: 'M3.5 6h17v12h-17Zm0 1 8.5 6.5L20.5 7',
  sms: 'M7.5 3.5h9v17h-9Zm3.5 14h2',
  callOut:
    'M6.6 3.5h2.6l1.4 4-1.9 1.5a12 12 0 0 0 6.3 6.3l1.5-1.9 4 1.4v2.6a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.6 5.7a2 2 0 0 1 2-2.2ZM14.5 9.5l6-6M16 3.5h4.5V8',
  transfer: 'M4 8.5h14.5M14.5 4.5l4 4-4 4M20 15.5H5.5M9.5 11.5l-4 4 4 4',
  people:
    'M9 5a3.2 3.2 0 1 1 0 6.4A3.2 3.2 0 0 1 9 5ZM3 19a6 6 0 0 1 12 0M15.5 5.3a3.2 3.2 0 0 1 0 6M17.5 13.5A6 6 0 0 1 21 19',
  record:
    'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM12 11.9v.2M12 10.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Z',
  ring: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  cross: 'm6 6 12 12M18 6 6 18',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  play: 'm8 5 11 7-11 7Z',
  mic: 'M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 0 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.5ZM5.8 11.5a6.2 6.2 0 0 0 12.4 0M12 17.7v3',
  micOff:
    'M9.2 9.2v2.1a2.8 2.8 0 0 0 4.8 2M14.8 10.5V6.3a2.8 2.8 0 0 0-5.3-1.3M5.8 11.5a6.2 6.2 0 0 0 10.3 4.7M18.2 11.5a6 6 0 0 1-.4 2.2M12 17.7v3M4 4l16 16',
  hangUp: 'M3.5 14.5c4.7-4.7 12.3-4.7 17 0l-2.2 2.6-3.4-1.7v-2.3a10 10 0 0 0-5.8 0v2.3l-3.4 1.7Z',
  bell: 'M6.5 16.5v-6a5.5 5.5 0 0 1 11 0v6l1.5 1.5H5ZM10 20.5h4',
  bellOff: 'M6.5 10.5v6L5 18h12M8.5 6.2a5.5 5.5 0 0 1 9 4.3v4M10 20.5h4M4 4l16 16',
  volume: 'M4 9.5h3.5L12 5.5v13l-4.5-4H4ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.7 7.7 0 0 1 0 11',
  volumeOff: 'M4 9.5h3.5L12 5.5v13l-4.5-4H4ZM16 9.5l5 5M21 9.5l-5 5',
  keyboard: 'M3.5 6.5h17v11h-17ZM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M7 14h10',
  sun: 'M12 8.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6ZM12 3v1.8M12 19.2V21M3 12h1.8M19.2 12H21M5.6 5.6l1.3 1.3M17.1 17.1l1.3 1.3M18.4 5.6l-1.3 1.3M6.9 17.1l-1.3 1.3',
  moon: 'M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7Z',
  down: 'm6.5 9.5 5.5 5.5 5.5-5.5',
  up: 'm6.5 14.5 5.5-5.5 5.5 5.5',
  back: 'm14.5 6.5-5.5 5.5 5.5 5.5',
  minus: 'M5.5 12h13',
  undo: 'M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.2 5.2 0 0 1 0 10.5h-3',
  redo: 'M15.5 5 20 9.5 15.5 14M19.5 9.5H10a5.2 5.2 0 0 0 0 10.5h3',
  trash: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.5 10.5v6M13.5 10.5v6',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  arrange: 'M4 5h6v5H4ZM14 4h6v5h-6ZM14 15h6v5h-6ZM10 7.5h2v10h2M12 6.5h2',
  branch: 'M4 12h5l6-6h4M9 12l6 6h4M16.5 3.5 19 6l-2.5 2.5M16.5 15.5 19 18l-2.5 2.5',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  cup: 'M5 8.5h11.5v5.5a4.5 4.5 0 0 1-4.5 4.5H9.5A4.5 4.5 0 0 1 5 14ZM16.5 10h1.3a2.3 2.3 0 0 1 0 4.7h-1.5M8.5 3v2.5M12.5 3v2.5',
  pencil: 'm4.5 19.5 1-4L16 5l3 3L8.5 18.5ZM14 7l3 3',
  power: 'M12 3.5v8.5M7.5 6.5a7.5 7.5 0 1 0 9 0',
  clock: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM12 8v4.5l3 1.8',
  link: 'M10 14a3.8 3.8 0 0 0 5.5 0l3.3-3.3a3.9 3.9 0 0 0-5.5-5.5L12 6.5M14 10a3.8 3.8 0 0 0-5.5 0l-3.3 3.3a3.9 3.9 0 0 0 5.5 5.5L12 17.5',
  linkOff:
    'M13.5 5.2a3.9 3.9 0 0 1 5.3 5.5l-2.3 2.3M10.5 18.8a3.9 3.9 0 0 1-5.3-5.5L7.5 11M4 4l16 16',
  catchUp: 'M19 12a7 7 0 1 1-2-5M17.5 3.5V7.5h-4',
  search: 'M11 4.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM15.8 15.8 20 20',
  info: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM12 11v5M12 8h.01',
  warning: 'M12 4.5 21 19.5H3ZM12 10v4.5M12 17h.01',
  user: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM4.5 20a7.5 7.5 0 0 1 15 0',
  leave: 'M10 4.5H5v15h5M14 8l4 4-4 4M18 12H9',
  plus: 'M12 5v14M5 12h14',
  bin: 'M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5l1 14h9l1-14M10.2 10.5v6M13.8 10.5v6',
  copy: 'M8.5 8.5h11v11h-11ZM15.5 8.5v-4h-11v11h4',
  key: 'M8 11.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM11 12.5l8.5-8.5M16 7.5l3 3',
  sliders:
    'M4 7h9.5M18.5 7H20M4 17h1.5M10.5 17H20M16 4.6a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8ZM8 14.6a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8Z',
  flow: 'M9 3.5h6v5H9ZM3.5 15.5h6v5h-6ZM14.5 15.5h6v5h-6ZM12 8.5V12M6.5 15.5V12h11v3.5',
  script: 'M6 3.5h8.5L18 7v13.5H6ZM9 9h6M9 12.5h6M9 16h4',
  prompt: 'M5 10v4M8.5 7v10M12 4.5v15M15.5 8v8M19 10v4',
  digits: 'M7 6h.01M12 6h.01M17 6h.01M7 11h.01M12 11h.01M17 11h.01M7 16h.01M12 16h.01M17 16h.01',
  variables: 'M8 4.5c-4 0 0 7.5-4 7.5 4 0 0 7.5 4 7.5M16 4.5c4 0 0 7.5 4 7.5-4 0 0 7.5-4 7.5',
  queue: 'M5 6.5h14M5 12h14M5 17.5h8',
  note: 'M5 4.5h14v10l-5 5H5ZM14 19.5v-5h5',
  lock: 'M6 11h12v9H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  target: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
} as const;

export type IconName = keyof typeof PATHS;

/** Sizes are given as pixels of a usual page and grow with its type. */
export function rem(pixels: number): string {
  return `${pixels / 16}rem`;
}

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  const heavy = name === 'digits' || name === 'more';
  return (
    <svg
      width={rem(size)}
      height={rem(size)}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={heavy ? 3 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
