import { Metrics } from './metrics.js';

const SCRAPE = `# HELP calls_total calls
# TYPE calls_total counter
calls_total{method="get",code="OK"} 3
calls_total{method="get",code="NOT_FOUND"} 1
calls_total{method="list",code="OK"} 40
process_cpu_seconds_total 1.5
`;

describe('Metrics', () => {
  const metrics = new Metrics(SCRAPE);

  it('adds the samples that have all given labels', () => {
    expect(metrics.sum('calls_total')).toBe(44);
    expect(metrics.sum('calls_total', { method: 'get' })).toBe(4);
    expect(metrics.sum('calls_total', { method: 'get', code: 'OK' })).toBe(3);
    expect(metrics.sum('process_cpu_seconds_total')).toBe(1.5);
  });

  it('returns 0 for an unknown metric or label', () => {
    expect(metrics.sum('other_total')).toBe(0);
    expect(metrics.sum('calls_total', { method: 'put' })).toBe(0);
    expect([metrics.has('calls_total'), metrics.has('other_total')]).toEqual([true, false]);
  });
});
