import { EMPTY_PARTY, lastTextNumber, reduceParty, type PartyAction, type PartyView } from './party-state.js';

const text = (number: number, id = `id${number}`) => {
  return { number, id, participantId: 'p1', name: 'Ada', text: `text ${number}`, sentAt: '2026-06-05T20:15:00.000Z' };
};
const reduce = (...actions: PartyAction[]): PartyView => actions.reduce(reduceParty, EMPTY_PARTY);

describe('reduceParty', () => {
  it('contains each text once, also if it arrives again after an interruption', () => {
    const view = reduce(
      { type: 'texts', texts: [text(1), text(2)] },
      { type: 'disconnected' },
      { type: 'texts', texts: [text(2), text(3)] },
    );
    expect(view.texts.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(lastTextNumber(view)).toBe(3);
  });

  it('contains a written text as unconfirmed until it arrives or is rejected', () => {
    const written = reduce({ type: 'write', id: 'a', text: 'one' }, { type: 'write', id: 'b', text: 'two' });
    const confirmed = reduceParty(written, { type: 'texts', texts: [text(1, 'a')] });
    expect(confirmed.unconfirmed).toEqual([{ id: 'b', text: 'two', isRejected: false }]);
    const rejected = reduceParty(confirmed, { type: 'rejected', code: 'RATE_LIMITED', id: 'b' });
    expect(rejected.unconfirmed).toEqual([{ id: 'b', text: 'two', isRejected: true }]);
  });

  it('contains the latest five reactions, each with another key', () => {
    const reacted: PartyAction = { type: 'reacted', participantId: 'p1', reaction: 'wow' };
    const { reactions } = reduce(...Array.from({ length: 7 }, () => reacted));
    expect(reactions.map(({ key }) => key)).toEqual([3, 4, 5, 6, 7]);
  });
});
