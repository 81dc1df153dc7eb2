// Build and development server. In development, API calls and the socket go to CORDBOARD_URL.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const center = process.env['CORDBOARD_URL'] ?? 'http://127.0.0.1:8080';
const proxied = [
  '/auth',
  '/workspace/v1',
  '/supervisor/v1',
  '/admin/v1',
  '/api',
  '/sim',
  '/healthz',
  '/readyz',
  '/openapi.json',
];

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: 'es2022', sourcemap: false },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: center, ws: true }])),
  },
});
