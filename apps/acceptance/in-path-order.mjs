import Sequencer from '@jest/test-sequencer';

/** Runs files in path order, so that resilience/, which stops processes, is last. */
export default class InPathOrder extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}
