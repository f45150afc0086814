import { toRow } from '../run/row.js';
import { KINDS, readConstants, type Constants } from './constants.js';
import { mapProcesses } from './cpu-samples.js';
import { toCheckRow, toCostRows } from './model-rows.js';

const toCosts = (ms: number) => {
  const cost = mapProcesses((name) => (name === 'kafka' ? -ms : ms));
  return { costs: Object.fromEntries(KINDS.map((kind) => [kind, cost])) as Constants['costs'], batchCost: cost };
};

it('toCostRows returns the constants of the model, without negative ones', () => {
  const text = { title: '', unit: '', baseline: '' };
  const others = [
    toRow({ ...text, id: 'events.pipeline', details: { eventsPerSecond: 1 } }, [1]),
    toRow({ ...text, id: 'transcode.ladder', details: { secondsPerMinute: 1, cores: 1, megapixels: 1 } }, [1]),
  ];
  const constants = readConstants([...toCostRows([1, 2, 9].map(toCosts), 5), ...others]);
  const expected = { ...mapProcesses(() => 2), kafka: 0 };
  expect([constants.costs.list, constants.batchCost]).toEqual([expected, expected]);
  expect(constants.rowsPerHeartbeat).toBe(5);
});

it('toCheckRow compares the prediction with the measured load of the same round', () => {
  // The machine was twice as slow in the second round.
  const checks = [
    { predictedCores: 0.9, measuredCores: 1 },
    { predictedCores: 1.8, measuredCores: 2 },
  ];
  expect(toCheckRow('low', 10, 100, checks)).toMatchObject({ value: expect.closeTo(10), samples: 2 });
});
