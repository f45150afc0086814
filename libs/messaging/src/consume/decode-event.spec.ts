import { PublishedV1 } from '@viernes/contracts';
import type { ConsumerRecord } from '@viernes/kafka';
import { decodeEvent, UndecodableError, withEventId } from './decode-event.js';

const handler = { consumer: 'test', event: PublishedV1, handle: () => Promise.resolve() };
const data = { assetId: 'a', titleId: 't', durationMs: 30_022, publishedAt: '2026-11-20T20:15:00.000Z' };
const record: ConsumerRecord = {
  topic: PublishedV1.topic,
  partition: 3,
  offset: '17',
  key: 'a',
  id: 'id',
  type: PublishedV1.type,
  source: '/viernes/video',
  time: new Date(0),
  traceparent: undefined,
  payload: PublishedV1.codec.encode(data).finish(),
};

describe('decodeEvent', () => {
  it('ignores unknown fields of the payload', () => {
    const unknownField = Uint8Array.of(0xfa, 0x3f, 3, 1, 2, 3);
    const payload = Uint8Array.from([...record.payload, ...unknownField]);
    expect(decodeEvent(handler, { ...record, payload }).data).toMatchObject(data);
  });

  it.each([
    ['a payload of another type', { payload: Uint8Array.of(0x0a, 0xff) }],
    ['an event without a source', { source: '' }],
    ['a key of more than 512 bytes', { key: 'x'.repeat(513) }],
  ])('rejects %s', (_, change) => {
    expect(() => decodeEvent(handler, { ...record, ...change })).toThrow(UndecodableError);
  });

  it('accepts an ID that starts with the name of the topic', () => {
    const id = `${record.topic}-17`;
    expect(decodeEvent(handler, { ...record, id })).toMatchObject({ id, data });
  });

  it.each(['', 'x'.repeat(513)])('rejects an event without a valid ID, and identifies it by its position: %#', (id) => {
    const positioned = withEventId({ ...record, id });
    expect(positioned.id).toBe(`${record.topic}/3/17`);
    expect(() => decodeEvent(handler, positioned)).toThrow('ce_id');
  });
});
