import { predictCores } from './capacity.js';
import { KINDS, PROCESSES, type Constants, type Cost } from './constants.js';
import { splitHeartbeatCost } from './heartbeat-cost.js';

const toCost = (value: number) => Object.fromEntries(PROCESSES.map((name) => [name, value])) as Cost;

describe('the cost of heartbeats', () => {
  it('predicts both measured rates', () => {
    // 20 ms per batch and 1 ms per heartbeat.
    const few = { requestsPerSecond: 4, cost: toCost(11) };
    const many = { requestsPerSecond: 400, cost: toCost(1.1) };
    const { heartbeat, batch } = splitHeartbeatCost(few, many);
    expect([batch.video, heartbeat.video]).toEqual([expect.closeTo(20), expect.closeTo(1)]);
    const others = Object.fromEntries(KINDS.map((kind) => [kind, toCost(0)])) as Constants['costs'];
    const constants = { costs: { ...others, heartbeat }, batchCost: batch };
    for (const { requestsPerSecond, cost } of [few, many]) {
      const { video } = predictCores({ heartbeat: requestsPerSecond }, constants);
      expect(video * 1000).toBeCloseTo(requestsPerSecond * cost.video);
    }
  });
});
