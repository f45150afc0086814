import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // The content security policy allows no data: fonts or scripts, so every asset is a file of its own.
    assetsInlineLimit: 0,
    // hls.js alone and media-chrome are about 770 kB; they are in the player's chunk, which only who plays loads.
    chunkSizeWarningLimit: 800,
  },
  // `npx vite` beside a running `npm start`: pages from here, everything under /v1 from the edge.
  server: { proxy: { '/v1': 'http://127.0.0.1:8400' } },
});
