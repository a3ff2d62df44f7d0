import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;
const screens = [
  'start',
  'kiosk',
  'board',
  'window',
  'sign-in',
  'pair',
  'office',
  'hall',
  'network',
  'planning',
  'bar',
  'rate',
  'cases',
  'agency',
  'design',
];
/** What every screen has, of `shared`. */
const parts = [
  'show',
  'shell',
  'frame',
  'language',
  'comfort',
  'clock',
  'client',
  'device',
  'error-boundary',
  'screen-fault',
  'no-such-place',
  'messages/(index|ru|en)',
  'origins',
  'paths',
  'place',
  'problem',
  'skeleton',
  'query-state',
];
/** Small modules for pages that the server draws, and the keeper of the shell. */
const modules = {
  shell: join(here, 'shell/shell.ts'),
  teller: join(here, 'shell/teller.ts'),
  ticket: join(here, 'public/ticket.ts'),
  promise: join(here, 'public/promise.ts'),
  site: join(here, 'public/site.ts'),
};

export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: join(here, '../dist/web'),
    emptyOutDir: true,
    // Everything is a file of its own: the content security policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    rollupOptions: {
      input: { ...Object.fromEntries(screens.map((screen) => [screen, join(here, screen, 'index.html')])), ...modules },
      // Service workers have addresses of their own, which never change.
      output: {
        entryFileNames: ({ name }) => (name === 'shell' || name === 'teller' ? '[name].js' : 'assets/[name]-[hash].js'),
        // What every screen of a hall has in one file, and what every screen has in another: a handful of bytes each would cost a request
        // and a beginning of its own.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'hall-parts', test: /web\/shared\/(answers|centre|connection|hall|screens)\.tsx?$/ },
            {
              name: 'parts',
              test: new RegExp(
                `node_modules/(react|react-dom|scheduler|idb-keyval)/|contract/client\\.ts$|web/shared/(${parts.join('|')})\\.tsx?$`,
              ),
            },
          ],
        },
      },
    },
  },
});
