import { CodedError } from '@viernes/contracts';
import { BoundCounter, BoundHistogram, type MutableNumber } from '../metrics/bound-metrics.js';
import type { ClientFactory } from './grpc-client.js';
import { toMethodLabels, type ClientLabels, type MethodLabels } from './method-labels.js';
import { changeUnaryCalls, type UnaryCall } from './unary-calls.js';

const callsTotal = new BoundCounter({
  name: 'grpc_client_calls_total',
  help: 'Finished calls with all their retries, by error code: OK if there was none',
  labelNames: ['service', 'method', 'target', 'backend', 'code'],
});

const callSeconds = new BoundHistogram({
  name: 'grpc_client_call_duration_seconds',
  help: 'Time from the start of a call to its response, with all its retries',
  labelNames: ['service', 'method', 'target', 'backend'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

/** The metrics of one method of one backend. */
class MethodMetrics {
  private readonly seconds;
  private readonly totals = new Map<string, MutableNumber>();

  constructor(private readonly labels: MethodLabels & ClientLabels) {
    this.seconds = callSeconds.bind(labels);
  }

  record(code: string, startedAt: number): void {
    let total = this.totals.get(code);
    if (!total) this.totals.set(code, (total = callsTotal.bind({ ...this.labels, code })));
    total.value += 1;
    this.seconds.observe((performance.now() - startedAt) / 1_000);
  }
}

/** By target, backend and path. */
const metricsByKey = new Map<string, MethodMetrics>();

/** Measures each unary call of the clients that a factory creates. */
export function measureCalls(connect: ClientFactory, client: ClientLabels): ClientFactory {
  return changeUnaryCalls(connect, (call, path) => measure(call, metricsOf(client, path)));
}

function metricsOf(client: ClientLabels, path: string): MethodMetrics {
  const key = `${client.target} ${client.backend} ${path}`;
  let metrics = metricsByKey.get(key);
  if (!metrics) metricsByKey.set(key, (metrics = new MethodMetrics({ ...toMethodLabels(path), ...client })));
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
