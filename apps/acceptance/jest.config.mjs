import preset from '../../jest.preset.mjs';

export default {
  ...preset,
  displayName: 'acceptance',
  verbose: true,
  // They need a cluster, and jest.cluster.config.mjs.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/src/cluster/'],
  // One file at a time: the films of two at once would fight for the cores, and the last ones kill processes.
  maxWorkers: 1,
  testSequencer: './in-path-order.mjs',
  // How long a person would wait before giving up on a step; nothing asserts it.
  testTimeout: 240_000,
};
