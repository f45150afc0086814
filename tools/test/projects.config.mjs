import { availableParallelism } from 'node:os';
import preset from '../../jest.preset.mjs';

/** The tests of every project except acceptance, in one run. */
export default {
  rootDir: '../..',
  projects: ['<rootDir>/{apps,libs}/!(acceptance)/jest.config.mjs', '<rootDir>/tools/jest.config.mjs'],
  // Jest ignores the timeout of a project.
  testTimeout: preset.testTimeout,
  // One more than cores, because many tests wait: for unavailable services, expiring sessions, and due retries.
  maxWorkers: availableParallelism() + 1,
  // The modules of finished files are not always collected.
  workerIdleMemoryLimit: '1GB',
};
