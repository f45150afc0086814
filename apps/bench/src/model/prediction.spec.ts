import { KINDS, type Kind } from './constants.js';
import { mapProcesses, type Work } from './cpu-samples.js';
import { predictTotalCores, toDifferences, toRoundCosts } from './prediction.js';

const work = (count: number, costMs: number): Work => ({
  count,
  cpuSeconds: mapProcesses(() => (count * costMs) / 1000),
});
const nothing = { cached: 0, home: 0, list: 0, title: 0, search: 0, heartbeat: 0 };

describe('predictTotalCores with the costs of a round', () => {
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, work(10, 1)])) as Record<Kind, Work>;
  const costs = toRoundCosts(
    { ...kinds, heartbeat: work(800, 2), fewHeartbeats: work(400, 2.1) },
    { few: 50, many: 200 },
  );

  it('returns the measured use at both rates of heartbeats', () => {
    const processes = 7;
    expect(predictTotalCores({ ...nothing, heartbeat: 800 }, 4, costs)).toBeCloseTo(processes * 0.2 * 2);
    expect(predictTotalCores({ ...nothing, heartbeat: 400 }, 8, costs)).toBeCloseTo(processes * 0.05 * 2.1);
  });

  it('adds all kinds of requests', () => {
    expect(predictTotalCores({ ...nothing, list: 300, home: 100 }, 2, costs)).toBeCloseTo(7 * 0.2);
  });
});

describe('toDifferences', () => {
  it('returns positive differences in the direction of the median', () => {
    expect(toDifferences([0.9, 0.8, 1.1])).toEqual([10, 20, -10].map((value) => expect.closeTo(value)));
    expect(toDifferences([1.1, 1.2, 0.9])).toEqual([10, 20, -10].map((value) => expect.closeTo(value)));
  });
});
