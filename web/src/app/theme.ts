// Mantine speaks our tokens: every color it draws comes from tokens.css.
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorSchemeManager,
  type MantineColorsTuple,
  Menu,
  Modal,
} from '@mantine/core';
import { read, write } from '@/lib/storage';

const accent: MantineColorsTuple = [
  '#e0f1ed',
  '#bfe3db',
  '#8cc8bd',
  '#63d4c3',
  '#35b8a5',
  '#199381',
  '#0f6e63',
  '#0b5d53',
  '#0a5b51',
  '#06423a',
];

export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  respectReducedMotion: true,
  // No opening animation: a key pressed right after the one that opened a menu must find it there.
  components: {
    Menu: Menu.extend({
      defaultProps: { transitionProps: { duration: 0 }, withInitialFocusPlaceholder: false },
    }),
    Modal: Modal.extend({
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        transitionProps: { duration: 0 },
      },
    }),
  },
});

const shared = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--soft)',
  '--mantine-color-placeholder': 'var(--soft)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--danger-text)',
  '--mantine-shadow-md': 'var(--shadow-over)',
};

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});

/** Keeps the choice under our own key; `auto` follows the system and stores nothing. */
export const schemeManager: MantineColorSchemeManager = {
  get: (fallback) => {
    const chosen = read('local', 'scheme');
    return chosen === 'dark' || chosen === 'light' ? chosen : fallback;
  },
  set: (scheme) => {
    write('local', 'scheme', scheme === 'auto' ? null : scheme);
  },
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => {
    write('local', 'scheme', null);
  },
};
