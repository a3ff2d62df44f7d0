import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;
const screens = ['start', 'kiosk', 'board', 'window', 'sign-in', 'pair', 'office'];

export default defineConfig({
  root: here,
  plugins: [react()],
  build: {
    outDir: join(here, '../dist/web'),
    emptyOutDir: true,
    // Everything is a file of its own: the content security policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: Object.fromEntries(screens.map((screen) => [screen, join(here, screen, 'index.html')])) },
  },
});
