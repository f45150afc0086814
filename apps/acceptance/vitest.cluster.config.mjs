import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import acceptance from './vitest.config.mjs';

/** Runs install.spec.ts first, because it deletes an existing release. The other files can run in any order. */
class InstallFirst extends BaseSequencer {
  sort(files) {
    const rank = ({ moduleId }) => (moduleId.endsWith('install.spec.ts') ? 0 : 1);
    return files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

/** The tests on a Kubernetes cluster. They share one release, so the files run sequentially. */
export default defineConfig({
  ...acceptance,
  test: {
    ...acceptance.test,
    include: ['src/cluster/**/*.spec.ts'],
    globalSetup: ['src/cluster/api-proxy.ts'],
    exclude: [],
    sequence: { sequencer: InstallFirst },
    // Ends a test that hangs. No test measures time.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
