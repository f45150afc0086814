import type { TopicDefinition } from '@viernes/contracts';
import { derivedTopics } from './derived-topics.js';
import { requireOrder } from './require-order.js';
import { planTopic, type FoundTopic } from './topic-plan.js';

const DAY_MS = 86_400_000;

const declared: TopicDefinition = { name: 'notes', partitions: 6, retentionHours: 48, growth: 'at-start' };

function found(partitions: number, retentionMs: number, cleanup = 'delete'): FoundTopic {
  return { partitions, settings: { 'retention.ms': String(retentionMs), 'cleanup.policy': cleanup } };
}

describe('a topic that is there', () => {
  it('as declared is left alone', () => {
    expect(planTopic(declared, found(6, 2 * DAY_MS))).toEqual({ growTo: undefined, alter: {}, differences: [] });
  });

  it('is judged by its partitions alone where its settings may not be seen', () => {
    expect(planTopic(declared, { partitions: 3, settings: undefined })).toEqual({
      growTo: 6,
      alter: {},
      differences: [],
    });
  });

  it('grows where the order of a key does not matter', () => {
    expect(planTopic(declared, found(3, 2 * DAY_MS))).toMatchObject({ growTo: 6, differences: [] });
  });

  it.each([
    ['by hand alone', { ...declared, growth: 'by-hand' } as const, 3],
    ['by hand alone, where nothing is said', { name: 'notes', partitions: 6, retentionHours: 48 }, 3],
    ['never down', declared, 12],
  ])('grows %s', (_, definition, partitions) => {
    const { growTo, differences } = planTopic(definition, found(partitions, 2 * DAY_MS));
    expect(growTo).toBeUndefined();
    expect(differences).toEqual([{ topic: 'notes', setting: 'partitions', declared: '6', found: String(partitions) }]);
  });

  it.each([
    ['two days', 48, DAY_MS, String(2 * DAY_MS)],
    ['ever', Infinity, DAY_MS, '-1'],
  ])('keeps its events longer at once, for %s', (_, retentionHours, retentionMs, altered) => {
    const plan = planTopic({ ...declared, retentionHours }, found(6, retentionMs));
    expect(plan).toMatchObject({ alter: { 'retention.ms': altered }, differences: [] });
  });

  it.each([
    ['two days', 48, 3 * DAY_MS],
    ['two days', 48, -1],
  ])('loses no event to a declaration of %s', (_, retentionHours, retentionMs) => {
    const { alter, differences } = planTopic({ ...declared, retentionHours }, found(6, retentionMs));
    expect(alter).toEqual({});
    expect(differences).toMatchObject([{ setting: 'retention.ms', found: String(retentionMs) }]);
  });

  it.each([
    ['compact', 'delete'],
    ['delete', 'compact'],
  ] as const)('is not turned to %s from %s', (cleanup, other) => {
    const { alter, differences } = planTopic({ ...declared, cleanup }, found(6, 2 * DAY_MS, other));
    expect(alter).toEqual({});
    expect(differences).toMatchObject([{ setting: 'cleanup.policy', declared: cleanup, found: other }]);
  });
});

describe('the topics that come with one', () => {
  it('are named after it and who reads it', () => {
    expect(derivedTopics(declared, 'user')).toMatchObject([
      { name: 'notes.retry.user', partitions: 6 },
      { name: 'notes.dead-letter.user', partitions: 1 },
    ]);
  });
});

describe('a handler that needs the order of a key', () => {
  const event = { type: 'noted', topic: 'notes', key: () => '', codec: { encode: fail, decode: fail } };
  const handler = { consumer: 'test.note', event, order: 'key' as const, handle: () => Promise.resolve() };

  it('reads no topic that grows by itself', () => {
    expect(() => requireOrder([handler], [declared])).toThrow('test.note needs the order of each key');
    expect(() => requireOrder([handler], [{ ...declared, growth: 'by-hand' }])).not.toThrow();
    expect(() => requireOrder([{ ...handler, order: 'none' as const }], [declared])).not.toThrow();
  });
});

function fail(): never {
  throw new Error('nobody writes or reads');
}
