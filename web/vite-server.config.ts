import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

/** The pages that the server draws, as one module that needs nothing else. */
export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [react()],
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  ssr: { noExternal: true },
  build: {
    ssr: join(here, 'public/render.tsx'),
    outDir: join(here, '../dist/web/server'),
    emptyOutDir: true,
    minify: true,
  },
});
