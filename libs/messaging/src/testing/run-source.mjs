// Runs a TypeScript file of this workspace, compiled as in tests: `node run-source.mjs x.ts`.
// Node.js strips types, but it neither compiles decorators nor emits the metadata that NestJS needs.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const server = await createServer({
  root,
  configFile: `${root}/vitest.config.mjs`,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, watch: null, ws: false },
});
await server.ssrLoadModule(process.argv[2]);
// Nothing is imported later. An open server would prevent the process from exiting.
await server.close();
