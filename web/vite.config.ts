// Build and development server. In development, API calls and the socket go to CORDBOARD_URL.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { documents } from './vite-documents.ts';

const center = process.env['CORDBOARD_URL'] ?? 'http://127.0.0.1:8080';
const proxied = [
  '/admin/v1',
  '/auth',
  '/handover/v1',
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
  plugins: [react(), documents()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: 'es2022', sourcemap: false },
  server: {
    host: '127.0.0.1',
    fs: { allow: ['.', '../docs'] },
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: center, ws: true }])),
  },
});
