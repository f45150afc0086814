import type { ConsumerRecord } from '@viernes/kafka';
import { splitByType } from './event-dispatcher.js';

/** `a1` is an event of type a with key 1. */
function createRecord(name: string): ConsumerRecord {
  const [type = '', key = ''] = name;
  const position = { topic: 't', partition: 0, offset: '0' };
  return {
    ...position,
    key,
    id: name,
    type,
    source: '/s',
    time: new Date(0),
    traceparent: undefined,
    payload: new Uint8Array(),
  };
}

describe('splitByType', () => {
  it.each([
    ['keeps a batch of one type together', 'a1 a2 a1', 'a1 a2 a1'],
    [
      'starts a new part where the type changes, so that no event overtakes another one',
      'a1 b1 b2 a1',
      'a1 | b1 b2 | a1',
    ],
    ['returns no part for an empty batch', '', ''],
  ])('%s', (_, batch, expected) => {
    const parts = splitByType(batch.split(' ').filter(Boolean).map(createRecord));
    expect(parts.map((part) => part.map(({ id }) => id).join(' ')).join(' | ')).toBe(expected);
  });
});
