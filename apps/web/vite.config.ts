import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { precompress } from './precompress.js';
import { splitTexts } from './split-texts.js';

export default defineConfig({
  plugins: [react(), splitTexts(), precompress()],
  // Libraries of this workspace are compiled from their sources, so that they need no separate build.
  resolve: {
    conditions: ['@viernes/source', ...defaultClientConditions],
    // The main entry of csv-parse uses streams of Node.js.
    alias: [{ find: /^csv-parse$/, replacement: 'csv-parse/browser/esm' }],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // The content security policy allows no data: URLs for fonts and scripts.
    assetsInlineLimit: 0,
    // hls.js and media-chrome have about 770 kB. They are in the chunk of the player page.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // One file for the first load. Separate files for the modules that pages share cost 1 kB of headers each.
            { name: 'first', test: /\/apps\/web\/src\/main\.tsx$|^\0rolldown\/runtime/ },
            // Only forms use the limits, but the client of the API exports them.
            { name: 'limits', test: /\/limits\.ts$/, priority: 1 },
          ],
        },
      },
    },
  },
  // For `npx vite` next to a running `npm start`: the edge serves everything under /v1 and /v2.
  server: { proxy: { '^/v\\d+/': 'http://127.0.0.1:8400' } },
});
