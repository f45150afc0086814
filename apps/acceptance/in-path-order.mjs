import Sequencer from '@jest/test-sequencer';

/** Journeys before resilience: who kills processes comes last. */
export default class InPathOrder extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}
