import base from './jest.config.mjs';

/** The tests on a Kubernetes cluster. They share one release, so the files run sequentially. */
export default {
  ...base,
  displayName: 'cluster',
  testMatch: ['<rootDir>/src/cluster/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testSequencer: './install-first.mjs',
  // Ends a test that hangs. No test measures time.
  testTimeout: 600_000,
};
