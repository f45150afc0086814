import base from './jest.config.mjs';

/** The demonstrations on a Kubernetes cluster: one after the other, in the order of their names, on one release. */
export default {
  ...base,
  displayName: 'cluster',
  testMatch: ['<rootDir>/src/cluster/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // How long a person would wait for a rollout before giving up on it; nothing asserts it.
  testTimeout: 420_000,
};
