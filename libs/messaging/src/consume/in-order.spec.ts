import type { Arrival } from '../port/event-subscription.js';
import { partsInOrder } from './in-order.js';

/** `a1` is an event of type a about key 1. */
function arrival(name: string): Arrival {
  const [type = '', key = ''] = name;
  const event = { topic: 't', key, id: name, type, source: '/s', time: new Date(0), payload: new Uint8Array() };
  return { event: { ...event, traceparent: undefined }, position: { topic: 't', partition: 0, offset: '0' } };
}

describe('the parts of a batch', () => {
  it.each([
    ['one, where no key has two types', 'a1 b2 a3 b2 a1', 'a:a1,a3,a1 b:b2,b2'],
    ['begun anew where a key changes its type', 'a1 a2 b1 a2 b2', 'a:a1,a2 | b:b1 a:a2 | b:b2'],
    ['none of nothing', '', ''],
  ])('are %s', (_, batch, parts) => {
    const made = partsInOrder(batch.split(' ').filter(Boolean).map(arrival)).map((part) =>
      [...part].map(([type, ofType]) => `${type}:${ofType.map(({ event }) => event.id).join(',')}`).join(' '),
    );
    expect(made.join(' | ')).toBe(parts);
  });
});
