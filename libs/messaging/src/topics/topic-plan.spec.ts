import type { TopicDefinition } from '@viernes/contracts';
import { derivedTopics } from './derived-topics.js';
import { planTopic } from './topic-plan.js';

const DAY_MS = 86_400_000;
const TWO_DAYS_MS = String(2 * DAY_MS);

const declared: TopicDefinition = { name: 'notes', partitions: 6, retentionHours: 48 };

describe('planTopic', () => {
  it('changes nothing if the topic matches its declaration', () => {
    expect(planTopic(declared, { partitions: 6, retentionMs: TWO_DAYS_MS })).toEqual({ drift: [] });
  });

  it('compares only partitions if the retention is unknown', () => {
    expect(planTopic(declared, { partitions: 3, retentionMs: undefined })).toEqual({ growTo: 6, drift: [] });
  });

  it('adds partitions', () => {
    expect(planTopic(declared, { partitions: 3, retentionMs: TWO_DAYS_MS })).toEqual({ growTo: 6, drift: [] });
  });

  it('reports a topic with more partitions than declared', () => {
    expect(planTopic(declared, { partitions: 12, retentionMs: TWO_DAYS_MS })).toEqual({
      drift: [{ topic: 'notes', setting: 'partitions', declared: '6', found: '12' }],
    });
  });

  it.each([
    ['two days', 48, TWO_DAYS_MS],
    ['unlimited', Infinity, '-1'],
  ])('extends the retention to %s', (_, retentionHours, retentionMs) => {
    const found = { partitions: 6, retentionMs: String(DAY_MS) };
    expect(planTopic({ ...declared, retentionHours }, found)).toEqual({ retentionMs, drift: [] });
  });

  it.each([
    ['three days', String(3 * DAY_MS)],
    ['unlimited', '-1'],
  ])('does not shorten the retention from %s, and reports it', (_, retentionMs) => {
    expect(planTopic(declared, { partitions: 6, retentionMs })).toEqual({
      drift: [{ topic: 'notes', setting: 'retention.ms', declared: TWO_DAYS_MS, found: retentionMs }],
    });
  });
});

it('derivedTopics names the retry and dead-letter topics after the topic and the service', () => {
  expect(derivedTopics(declared, 'user')).toMatchObject([
    { name: 'notes.retry.user', partitions: 6 },
    { name: 'notes.dead-letter.user', partitions: 1 },
  ]);
});
