// Unit tests: beside the rule they test.
import { defineConfig, mergeConfig } from 'vitest/config';
import app from './vite.config.ts';

export default mergeConfig(
  app,
  defineConfig({
    test: {
      environment: 'happy-dom',
      include: ['*.test.ts', 'src/**/*.test.{ts,tsx}'],
      env: { TZ: 'Pacific/Auckland' },
      restoreMocks: true,
    },
  }),
);
