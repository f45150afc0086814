import preset from '../../jest.preset.mjs';

export default {
  ...preset,
  displayName: 'acceptance',
  verbose: true,
  // These tests need a cluster and run with jest.cluster.config.mjs.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/src/cluster/'],
  // One file at a time, because resilience/ stops processes. npm test runs the other folders with more workers.
  maxWorkers: 1,
  testSequencer: './in-path-order.mjs',
  // Ends a test that hangs. No test measures time.
  testTimeout: 240_000,
};
