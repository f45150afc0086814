import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import { base, countReporter } from '../../vitest.config.mjs';

/** Runs files in path order, so that resilience/, which stops processes, is last. */
class InPathOrder extends BaseSequencer {
  sort(files) {
    return files.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1));
  }
}

export default defineConfig({
  ...base,
  root: import.meta.dirname,
  test: {
    ...base.test,
    reporters: ['verbose', countReporter],
    include: ['src/**/*.spec.ts'],
    // These tests need a cluster and run with vitest.cluster.config.mjs.
    exclude: ['src/cluster/**'],
    // One file at a time, because resilience/ stops processes. npm test runs the other folders with more workers.
    maxWorkers: 1,
    sequence: { sequencer: InPathOrder },
    // Ends a test that hangs. No test measures time.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
