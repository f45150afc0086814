import { PublishedV1 } from '@viernes/contracts';
import type { EventMessage } from '../port/event-message.js';
import { UndecodableError } from '../port/permanent-error.js';
import { decodeEvent, identified } from './decode-event.js';

const handler = { consumer: 'test', event: PublishedV1, handle: () => Promise.resolve() };
const data = { assetId: 'a', titleId: 't', durationMs: 30_022, publishedAt: '2026-11-20T20:15:00.000Z' };
const event: EventMessage = {
  ...{ topic: PublishedV1.topic, key: 'a', id: 'id', type: PublishedV1.type, source: '/viernes/video' },
  ...{ time: new Date(0), traceparent: undefined, payload: PublishedV1.codec.encode(data).finish() },
};

describe('an event that arrives', () => {
  it('passes with fields that nobody here knows', () => {
    const unknownField = Uint8Array.of(0xfa, 0x3f, 3, 1, 2, 3);
    const payload = Uint8Array.from([...event.payload, ...unknownField]);
    expect(decodeEvent(handler, { ...event, payload }).data).toMatchObject(data);
  });

  it.each([
    ['its payload is of another type', { payload: Uint8Array.of(0x0a, 0xff) }],
    ['it does not say where it is from', { source: '' }],
    ['its key is longer than any name', { key: 'x'.repeat(513) }],
  ])('is refused where %s', (_, fault) => {
    expect(() => decodeEvent(handler, { ...event, ...fault })).toThrow(UndecodableError);
  });

  it.each(['', 'x'.repeat(513)])('is known by its place where its own id is of no use: %#', (id) => {
    const position = { topic: event.topic, partition: 3, offset: '17' };
    const placed = identified({ event: { ...event, id }, position });
    expect(placed.id).toBe(`${event.topic}/3/17`);
    expect(() => decodeEvent(handler, placed)).toThrow('ce_id');
  });
});
