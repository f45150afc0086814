import type { TopicDefinition } from '@viernes/contracts';
import { compareTopic } from './ensure-topics.js';

const DAY_MS = 86_400_000;
const topic = 'notes';
const declared: TopicDefinition = { name: topic, partitions: 6, retentionHours: 48 };

describe('compareTopic', () => {
  it('finds no difference if the topic matches its declaration', () => {
    expect(compareTopic(declared, { partitions: 6, retentionMs: 2 * DAY_MS })).toEqual([]);
  });

  it('compares only partitions if the retention is unknown', () => {
    expect(compareTopic(declared, { partitions: 3, retentionMs: undefined })).toMatchObject([
      { setting: 'partitions' },
    ]);
  });

  it.each([
    [3, true],
    [12, false],
  ])('treats 6 partitions instead of %d as an extension: %s', (partitions, isExtension) => {
    expect(compareTopic(declared, { partitions, retentionMs: 2 * DAY_MS })).toEqual([
      { topic, setting: 'partitions', declared: 6, found: partitions, isExtension },
    ]);
  });

  it.each([
    [DAY_MS, 48, 2 * DAY_MS, true],
    [DAY_MS, Infinity, -1, true],
    [3 * DAY_MS, 48, 2 * DAY_MS, false],
    [-1, 48, 2 * DAY_MS, false],
  ])(
    'compares a retention of %d ms with a declared one of %d h (%d ms), which is an extension: %s',
    (found, retentionHours, ms, isExtension) => {
      expect(compareTopic({ ...declared, retentionHours }, { partitions: 6, retentionMs: found })).toEqual([
        { topic, setting: 'retention.ms', declared: ms, found, isExtension },
      ]);
    },
  );
});
