import { ASSUMPTIONS } from './assumptions.js';
import { planCapacity, predictCores, requestsPerViewer } from './capacity.js';
import { KINDS, PROCESSES, readConstants, type Constants, type Cost } from './constants.js';
import { findLimits } from './limits.js';

const cost = Object.fromEntries(PROCESSES.map((name) => [name, 1])) as Cost;
const constants: Constants = {
  costs: Object.fromEntries(KINDS.map((kind) => [kind, cost])) as Constants['costs'],
  batchCost: cost,
  rowsPerHeartbeat: 5,
  eventsPerSecond: 6_000,
  transcodeSecondsPerMinute: 30,
  transcodeCores: 2,
  transcodeMegapixels: 0.7,
};

describe('the capacity model', () => {
  it('adds the CPU time of all kinds of requests', () => {
    expect(predictCores({ list: 100, heartbeat: 400 }, constants).edge).toBeCloseTo(0.502);
  });

  it('adds two batches of heartbeats per second and process of video', () => {
    const { edge } = predictCores({ heartbeat: 400 }, constants, 4);
    expect(edge).toBeCloseTo(0.408);
    expect(predictCores({ heartbeat: 1 }, constants, 4).edge).toBeCloseTo(0.002);
  });

  it('counts one heartbeat of each watching viewer per interval', () => {
    const { heartbeat } = requestsPerViewer({ ...ASSUMPTIONS, watchingShare: 0.5, heartbeatSeconds: 10 });
    expect(heartbeat).toBeCloseTo(0.05);
  });

  it('grows in proportion to the viewers, in complete pods', () => {
    const withoutBatches = { ...constants, batchCost: Object.fromEntries(PROCESSES.map((name) => [name, 0])) as Cost };
    const [small, large] = [1_000, 100_000].map((viewers) => planCapacity(viewers, withoutBatches, ASSUMPTIONS));
    expect((large?.cores.edge ?? 0) / (small?.cores.edge ?? 0)).toBeCloseTo(100);
    expect(large?.pods.edge).toBe(Math.ceil((large?.cores.edge ?? 0) / ASSUMPTIONS.usedCoresPerPod));
    expect(planCapacity(10, constants, ASSUMPTIONS).pods.edge).toBe(1);
  });

  it('lists the limits in the order in which they are reached', () => {
    const limits = findLimits(constants, ASSUMPTIONS).map(({ viewers }) => viewers);
    expect(limits).toEqual(limits.toSorted((a, b) => a - b));
  });

  it('names the rows that the report does not have', () => {
    expect(() => readConstants([])).toThrow('events.pipeline');
  });
});
