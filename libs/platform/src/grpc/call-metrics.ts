import { toMethodLabels, type MethodLabels } from './method-labels.js';
import { BoundCounter, BoundGauge, BoundHistogram, type MutableNumber } from '../metrics/bound-metrics.js';

const callsTotal = new BoundCounter({
  name: 'grpc_server_calls_total',
  help: 'Finished calls by error code: OK if there was none, CANCELLED if the client canceled the call',
  labelNames: ['service', 'method', 'code'],
});

const callSeconds = new BoundHistogram({
  name: 'grpc_server_call_duration_seconds',
  help: 'Time from the start of a call to its last response',
  labelNames: ['service', 'method'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

const callsInFlight = new BoundGauge({
  name: 'grpc_server_calls_in_flight',
  help: 'Calls in flight, including streams',
  labelNames: ['service', 'method'],
});

/** The metrics of one method. */
class MethodMetrics {
  readonly inFlight;
  readonly seconds;
  private readonly totals = new Map<string, MutableNumber>();

  constructor(private readonly labels: MethodLabels) {
    this.inFlight = callsInFlight.bind(labels);
    this.seconds = callSeconds.bind(labels);
  }

  total(code: string): MutableNumber {
    let total = this.totals.get(code);
    if (!total) this.totals.set(code, (total = callsTotal.bind({ ...this.labels, code })));
    return total;
  }
}

const metricsByPath = new Map<string, MethodMetrics>();

function metricsOf(path: string): MethodMetrics {
  let metrics = metricsByPath.get(path);
  if (!metrics) {
    metricsByPath.set(path, (metrics = new MethodMetrics(toMethodLabels(path))));
  }
  return metrics;
}

/**
 * Measures one call.
 *
 * @param path `/viernes.catalog.v1.CatalogService/GetTitle`, of a method that this server has
 * @returns a function to call with the outcome; only its first call counts
 */
export function measureCall(path: string): (code: string) => void {
  const metrics = metricsOf(path);
  const startedAt = performance.now();
  metrics.inFlight.value += 1;
  let isFinished = false;
  return (code) => {
    if (isFinished) return;
    isFinished = true;
    metrics.inFlight.value -= 1;
    metrics.total(code).value += 1;
    metrics.seconds.observe((performance.now() - startedAt) / 1_000);
  };
}
