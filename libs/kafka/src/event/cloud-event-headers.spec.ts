import type { KafkaMessage } from 'kafkajs';
import type { EventMessage } from './event-message.js';
import { fromKafka, toKafka } from './cloud-event-headers.js';

function received(headers: Record<string, string>, key = 'k'): KafkaMessage {
  const buffers = Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)]);
  const message = { key: Buffer.from(key), value: Buffer.from('v'), timestamp: '1000', attributes: 0, offset: '0' };
  return { ...message, headers: Object.fromEntries(buffers) };
}

describe('fromKafka', () => {
  it('returns the event that toKafka wrote', () => {
    const event: EventMessage = {
      topic: 't',
      key: 'k',
      id: 'i',
      type: 'y',
      source: '/s',
      time: new Date('2026-11-20T20:15:00.123Z'),
      traceparent: 'p',
      payload: Buffer.from('v'),
      extensions: { attempts: '5' },
    };
    const { headers } = toKafka(event);
    expect(fromKafka('t', received(headers as Record<string, string>))).toEqual(event);
  });

  it('replaces missing attributes with empty strings, replaces an invalid time with that of the record, and removes NUL', () => {
    const event = fromKafka('t', received({ ce_time: 'yesterday', ce_id: 'a\0b' }, 'k\0'));
    expect(event).toMatchObject({ key: 'k', id: 'ab', type: '', source: '', time: new Date(1_000), extensions: {} });
  });
});
