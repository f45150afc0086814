import * as catalogue from './catalogue.js';
import { TOPICS } from './topics.js';

describe('the event catalogue', () => {
  const events = Object.values(catalogue);

  it('names every event in the past tense with its version, once', () => {
    const types = events.map(({ type }) => type);
    for (const type of types) expect(type).toMatch(/^viernes\.[a-z]+\.[a-z-]+ed\.v\d+$/);
    expect(new Set(types).size).toBe(types.length);
  });

  it('sends every event to a declared topic', () => {
    const topics = TOPICS.map(({ name }) => name);
    for (const { topic } of events) expect(topics).toContain(topic);
  });

  it('reads back what it writes', () => {
    const data = { assetId: 'a', titleId: 't', durationMs: 30_022, publishedAt: '2026-11-20T20:15:00.123Z' };
    const bytes = catalogue.PublishedV1.codec.encode(data).finish();
    expect(catalogue.PublishedV1.codec.decode(bytes)).toEqual(data);
  });
});
