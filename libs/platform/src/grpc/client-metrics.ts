import { CodedError } from '@viernes/contracts';
import { BoundCounter, BoundHistogram, type MutableNumber } from '../metrics/bound-metrics.js';
import type { ClientFactory } from './grpc-client.js';
import { toMethodLabels, type MethodLabels } from './method-labels.js';
import { changeUnaryCalls, type UnaryCall } from './unary-calls.js';

const callsTotal = new BoundCounter({
  name: 'grpc_client_calls_total',
  help: 'Finished calls with all their retries, by error code: OK if there was none',
  labelNames: ['service', 'method', 'backend', 'code'],
});

const callSeconds = new BoundHistogram({
  name: 'grpc_client_call_duration_seconds',
  help: 'Time from the start of a call to its response, with all its retries',
  labelNames: ['service', 'method', 'backend'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

/** The metrics of one method of one backend. */
class MethodMetrics {
  private readonly seconds;
  private readonly totals = new Map<string, MutableNumber>();

  constructor(private readonly labels: MethodLabels & { readonly backend: string }) {
    this.seconds = callSeconds.bind(labels);
  }

  record(code: string, startedAt: number): void {
    let total = this.totals.get(code);
    if (!total) this.totals.set(code, (total = callsTotal.bind({ ...this.labels, code })));
    total.value += 1;
    this.seconds.observe((performance.now() - startedAt) / 1_000);
  }
}

/** By backend and path. The methods for dead letters have the same paths in every service, and share their metrics. */
const metricsByKey = new Map<string, MethodMetrics>();

/**
 * Measures each unary call of the clients that a factory creates.
 *
 * @param backend label of the metrics, which distinguishes the stable version of a service from its canary
 */
export function measureCalls(connect: ClientFactory, backend: string): ClientFactory {
  return changeUnaryCalls(connect, (call, path) => measure(call, metricsOf(backend, path)));
}

function metricsOf(backend: string, path: string): MethodMetrics {
  const key = `${backend} ${path}`;
  let metrics = metricsByKey.get(key);
  if (!metrics) metricsByKey.set(key, (metrics = new MethodMetrics({ ...toMethodLabels(path), backend })));
  return metrics;
}

function measure(call: UnaryCall, metrics: MethodMetrics): UnaryCall {
  return async (request, limits) => {
    const startedAt = performance.now();
    try {
      const response = await call(request, limits);
      metrics.record('OK', startedAt);
      return response;
    } catch (error) {
      metrics.record(error instanceof CodedError ? error.code : 'INTERNAL', startedAt);
      throw error;
    }
  };
}
