import { CodedError } from '@viernes/contracts';
import { Gauge } from 'prom-client';
import type { ClientFactory } from '../grpc/grpc-client.js';
import { toMethodLabels, type ClientLabels, type MethodLabels } from '../grpc/method-labels.js';
import { changeUnaryCalls, type UnaryCall } from '../grpc/unary-calls.js';
import { BoundCounter } from '../metrics/bound-metrics.js';
import { CircuitBreaker, type CallOutcome, type CircuitState } from './circuit-breaker.js';

/** A shorter call that reaches its deadline was limited by its caller. It does not show that the service is slow. */
const SLOW_MS = 1_000;

const STATES: Readonly<Record<CircuitState, number>> = { closed: 0, 'half-open': 1, open: 2 };

const rejectedCalls = new BoundCounter({
  name: 'grpc_client_calls_rejected_total',
  help: 'Calls that were not made, because the circuit breaker of their method was open',
  labelNames: ['service', 'method', 'target', 'backend'],
});

interface MethodBreaker {
  readonly breaker: CircuitBreaker;
  readonly labels: MethodLabels & ClientLabels;
}

/** By target, backend and path. */
const breakers = new Map<string, MethodBreaker>();

new Gauge({
  name: 'grpc_client_circuit_state',
  help: 'State of the circuit breaker of a method: 0 closed, 1 half-open, 2 open',
  labelNames: ['service', 'method', 'target', 'backend'],
  collect() {
    for (const { breaker, labels } of breakers.values()) this.set({ ...labels }, STATES[breaker.state]);
  },
});

/**
 * Adds a circuit breaker to each unary method of the clients that a factory creates. Streams have none: they are opened
 * rarely, and their duration does not show the state of the service.
 *
 * @returns a factory of clients whose methods reject with DEPENDENCY_UNAVAILABLE while their breaker is open
 */
export function breakCircuits(connect: ClientFactory, client: ClientLabels): ClientFactory {
  return changeUnaryCalls(connect, (call, path) => guard(call, path, client));
}

/** Returns whether an error reports that the call was not made, because its circuit breaker was open. */
export function isCircuitOpen({ details }: CodedError): boolean {
  return details['circuit'] !== undefined;
}

function guard(call: UnaryCall, path: string, client: ClientLabels): UnaryCall {
  const breaker = new CircuitBreaker();
  const labels = { ...toMethodLabels(path), ...client };
  const rejected = rejectedCalls.bind(labels);
  breakers.set(`${client.target} ${client.backend} ${path}`, { breaker, labels });
  return async (request, limits) => {
    const recordOutcome = breaker.tryCall();
    if (!recordOutcome) {
      rejected.value += 1;
      throw new CodedError('DEPENDENCY_UNAVAILABLE', { method: path, circuit: breaker.state });
    }
    const startedAt = performance.now();
    try {
      const response = await call(request, limits);
      recordOutcome('success');
      return response;
    } catch (error) {
      recordOutcome(limits?.signal?.aborted ? 'unknown' : outcomeOf(error, performance.now() - startedAt));
      throw error;
    }
  };
}

/** Codes that are not listed here are responses of the service, so they count as successes. */
function outcomeOf(error: unknown, durationMs: number): CallOutcome {
  if (!(error instanceof CodedError)) return 'unknown';
  if (error.code === 'DEPENDENCY_UNAVAILABLE') return 'failure';
  if (error.code === 'DEADLINE_EXCEEDED') return durationMs < SLOW_MS ? 'unknown' : 'failure';
  return error.code === 'OVERLOADED' ? 'unknown' : 'success';
}
