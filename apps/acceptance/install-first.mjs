import Sequencer from '@jest/test-sequencer';

/** Runs install.spec.ts first, because it deletes an existing release. The other files can run in any order. */
export default class InstallFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (path.endsWith('install.spec.ts') ? 0 : 1);
    return [...tests].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  }
}
