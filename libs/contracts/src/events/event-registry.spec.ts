import * as registry from './event-registry.js';
import { EVENTS } from './event-registry.js';
import { TOPICS } from './topics.js';

describe('event registry', () => {
  it('EVENTS lists every exported event', () => {
    const defined = Object.values<unknown>(registry).filter(
      (exported) => typeof exported === 'object' && exported !== null && 'codec' in exported,
    );
    expect(new Set<unknown>(EVENTS)).toEqual(new Set(defined));
  });

  it('event types are unique, in the past tense, and contain producer and version', () => {
    const types = EVENTS.map(({ type }) => type);
    for (const { type, producer, version } of EVENTS) {
      expect(type).toMatch(/^viernes\.[a-z]+\.[a-z-]+ed\.v\d+$/);
      expect(type).toMatch(new RegExp(`^viernes\\.${producer}\\..*\\.v${version}$`));
    }
    expect(new Set(types).size).toBe(types.length);
  });

  it('every event has a declared topic of its producer, and every topic has an event', () => {
    expect(new Set(EVENTS.map(({ topic }) => topic))).toEqual(new Set(TOPICS.map(({ name }) => name)));
    for (const { topic, producer } of EVENTS) expect(topic).toMatch(new RegExp(`^viernes\\.${producer}\\.`));
  });

  it('consumer names start with their app and are unique per event', () => {
    for (const { consumers } of EVENTS) {
      for (const consumer of consumers) expect(consumer).toMatch(/^(catalog|edge|user|video)\.[a-z]+(-[a-z]+)*$/);
      expect(new Set(consumers).size).toBe(consumers.length);
    }
  });

  it('the partition key is the value of keyField', () => {
    const data = { assetId: 'a', titleId: 't', durationMs: 1, publishedAt: undefined };
    expect(registry.PublishedV1.key(data)).toBe('a');
  });

  it('the partition key is the event type if there is no keyField', () => {
    expect(registry.HomeRowsChangedV1.key({})).toBe('viernes.catalog.home-rows-changed.v1');
  });

  it('decoding returns the encoded payload', () => {
    const data = { assetId: 'a', titleId: 't', durationMs: 30_022, publishedAt: '2026-11-20T20:15:00.123Z' };
    const bytes = registry.PublishedV1.codec.encode(data).finish();
    expect(registry.PublishedV1.codec.decode(bytes)).toEqual(data);
  });

  it('decoding ignores fields that a later version of the producer added', () => {
    const data = { assetId: 'a', titleId: 't', durationMs: 30_022, publishedAt: '2026-11-20T20:15:00.123Z' };
    const known = registry.PublishedV1.codec.encode(data).finish();
    // Field 99, a string: "new".
    const bytes = Uint8Array.from([...known, 0x9a, 0x06, 3, 0x6e, 0x65, 0x77]);
    expect(registry.PublishedV1.codec.decode(bytes)).toEqual(data);
  });
});
