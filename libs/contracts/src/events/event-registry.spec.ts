import * as catalogue from './event-registry.js';
import { EVENTS } from './event-registry.js';
import { TOPICS } from './topics.js';

describe('the event catalogue', () => {
  it('lists every event that it defines', () => {
    const defined = Object.values<unknown>(catalogue).filter(
      (exported) => typeof exported === 'object' && exported !== null && 'codec' in exported,
    );
    expect(new Set<unknown>(EVENTS)).toEqual(new Set(defined));
  });

  it('names every event in the past tense with its producer and version, once', () => {
    const types = EVENTS.map(({ type }) => type);
    for (const { type, producer, version } of EVENTS) {
      expect(type).toMatch(/^viernes\.[a-z]+\.[a-z-]+ed\.v\d+$/);
      expect(type).toMatch(new RegExp(`^viernes\\.${producer}\\..*\\.v${version}$`));
    }
    expect(new Set(types).size).toBe(types.length);
  });

  it('sends every event to a declared topic of its producer, and declares no topic without events', () => {
    expect(new Set(EVENTS.map(({ topic }) => topic))).toEqual(new Set(TOPICS.map(({ name }) => name)));
    for (const { topic, producer } of EVENTS) expect(topic).toMatch(new RegExp(`^viernes\\.${producer}\\.`));
  });

  it('names each consumer after its service, once for each event', () => {
    for (const { consumers } of EVENTS) {
      for (const consumer of consumers) expect(consumer).toMatch(/^(catalog|user|video)\.[a-z]+(-[a-z]+)*$/);
      expect(new Set(consumers).size).toBe(consumers.length);
    }
  });

  it('compacts no topic that several types of event share', () => {
    const compacted = TOPICS.filter(({ cleanup }) => cleanup === 'compact').map(({ name }) => name);
    for (const topic of compacted) expect(EVENTS.filter((event) => event.topic === topic)).toHaveLength(1);
  });

  it('keys an event by the field it says', () => {
    const data = { assetId: 'a', titleId: 't', durationMs: 1, publishedAt: undefined };
    expect(catalogue.PublishedV1.key(data)).toBe('a');
  });

  it('reads back what it writes', () => {
    const data = { assetId: 'a', titleId: 't', durationMs: 30_022, publishedAt: '2026-11-20T20:15:00.123Z' };
    const bytes = catalogue.PublishedV1.codec.encode(data).finish();
    expect(catalogue.PublishedV1.codec.decode(bytes)).toEqual(data);
  });

  it('reads an event to which a later version of its producer added fields', () => {
    const data = { assetId: 'a', titleId: 't', durationMs: 30_022, publishedAt: '2026-11-20T20:15:00.123Z' };
    const known = catalogue.PublishedV1.codec.encode(data).finish();
    // Field 99, a text: "new".
    const bytes = Uint8Array.from([...known, 0x9a, 0x06, 3, 0x6e, 0x65, 0x77]);
    expect(catalogue.PublishedV1.codec.decode(bytes)).toEqual(data);
  });
});
