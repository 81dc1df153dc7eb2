// Bundles the mock into one file that Node runs as it is.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  ssr: { external: ['ws'] },
  build: {
    ssr: fileURLToPath(new URL('./main.ts', import.meta.url)),
    outDir: fileURLToPath(new URL('../../node_modules/.cache/cordboard-mock', import.meta.url)),
    target: 'node20',
  },
});
