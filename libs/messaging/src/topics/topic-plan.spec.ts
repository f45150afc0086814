import type { TopicDefinition } from '@viernes/contracts';
import { derivedTopics } from './derived-topics.js';
import { planTopic, type ExistingTopic } from './topic-plan.js';

const DAY_MS = 86_400_000;

const declared: TopicDefinition = { name: 'notes', partitions: 6, retentionHours: 48, growth: 'at-start' };

function found(partitions: number, retentionMs: number, cleanup = 'delete'): ExistingTopic {
  return { partitions, settings: { 'retention.ms': String(retentionMs), 'cleanup.policy': cleanup } };
}

describe('planTopic', () => {
  it('changes nothing if the topic matches its declaration', () => {
    expect(planTopic(declared, found(6, 2 * DAY_MS))).toEqual({ growTo: undefined, retentionMs: undefined, drift: [] });
  });

  it('compares only partitions if the settings are unknown', () => {
    const plan = planTopic(declared, { partitions: 3, settings: undefined });
    expect(plan).toEqual({ growTo: 6, retentionMs: undefined, drift: [] });
  });

  it('adds partitions if the declaration allows growth at start', () => {
    expect(planTopic(declared, found(3, 2 * DAY_MS))).toMatchObject({ growTo: 6, drift: [] });
  });

  it.each([
    ['growth by hand', { ...declared, growth: 'by-hand' } as const, 3],
    ['no declared growth', { name: 'notes', partitions: 6, retentionHours: 48 }, 3],
    ['fewer declared partitions', declared, 12],
  ])('reports the number of partitions with %s', (_, definition, partitions) => {
    const { growTo, drift } = planTopic(definition, found(partitions, 2 * DAY_MS));
    expect(growTo).toBeUndefined();
    expect(drift).toEqual([{ topic: 'notes', setting: 'partitions', declared: '6', found: String(partitions) }]);
  });

  it.each([
    ['two days', 48, DAY_MS, String(2 * DAY_MS)],
    ['unlimited', Infinity, DAY_MS, '-1'],
  ])('extends the retention to %s', (_, retentionHours, currentMs, retentionMs) => {
    const plan = planTopic({ ...declared, retentionHours }, found(6, currentMs));
    expect(plan).toMatchObject({ retentionMs, drift: [] });
  });

  it.each([
    ['three days', 3 * DAY_MS],
    ['unlimited', -1],
  ])('does not shorten the retention from %s, and reports it', (_, currentMs) => {
    const { retentionMs, drift } = planTopic(declared, found(6, currentMs));
    expect(retentionMs).toBeUndefined();
    expect(drift).toMatchObject([{ setting: 'retention.ms', found: String(currentMs) }]);
  });

  it.each([
    ['compact', 'delete'],
    ['delete', 'compact'],
  ] as const)('does not change the cleanup policy to %s from %s, and reports it', (cleanup, current) => {
    const { retentionMs, drift } = planTopic({ ...declared, cleanup }, found(6, 2 * DAY_MS, current));
    expect(retentionMs).toBeUndefined();
    expect(drift).toMatchObject([{ setting: 'cleanup.policy', declared: cleanup, found: current }]);
  });
});

it('derivedTopics names the retry and dead-letter topics after the topic and the service', () => {
  expect(derivedTopics(declared, 'user')).toMatchObject([
    { name: 'notes.retry.user', partitions: 6 },
    { name: 'notes.dead-letter.user', partitions: 1 },
  ]);
});
