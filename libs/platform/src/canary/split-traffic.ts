import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import { CodedError } from '@viernes/contracts';
import { isCircuitOpen } from '../circuit-breaker/break-circuits.js';
import { findContext } from '../context/request-context.js';
import type { CallLimits, ClientFactory, ClientPolicy, GrpcClient } from '../grpc/grpc-client.js';
import type { UnaryCall } from '../grpc/unary-calls.js';

type AnyCall = (request: unknown, limits?: CallLimits) => unknown;

/**
 * Sends the calls of requests whose context has `isCanary` to the canary of a service, and all others to its stable
 * version. If the circuit breaker of the canary rejects a call, or if an idempotent call fails with
 * DEPENDENCY_UNAVAILABLE, the stable version receives the call.
 */
export function splitTraffic(connectStable: ClientFactory, connectCanary: ClientFactory): ClientFactory {
  return <const Definition extends ServiceDefinition>(definition: Definition, policy: ClientPolicy<Definition>) => {
    const stable = connectStable(definition, policy);
    const canary = connectCanary(definition, policy);
    const methods = Object.entries<MethodDefinition<unknown, unknown>>(definition).map(([name, { responseStream }]) => {
      const [toStable, toCanary] = [callOf(stable, name), callOf(canary, name)];
      if (responseStream) return [name, selectPerCall(toStable, toCanary)];
      return [name, withFallback(toStable as UnaryCall, toCanary as UnaryCall, policy.idempotent.includes(name))];
    });
    const close = (): void => {
      stable.close();
      canary.close();
    };
    return { ...Object.fromEntries(methods), close } as GrpcClient<Definition>;
  };
}

function callOf(client: object, name: string): AnyCall {
  return (client as Readonly<Record<string, AnyCall>>)[name] as AnyCall;
}

function selectPerCall(toStable: AnyCall, toCanary: AnyCall): AnyCall {
  return (request, limits) => (findContext()?.isCanary ? toCanary : toStable)(request, limits);
}

function withFallback(toStable: UnaryCall, toCanary: UnaryCall, isIdempotent: boolean): UnaryCall {
  return async (request, limits) => {
    if (!findContext()?.isCanary) return toStable(request, limits);
    try {
      return await toCanary(request, limits);
    } catch (error) {
      const isUnavailable = error instanceof CodedError && error.code === 'DEPENDENCY_UNAVAILABLE';
      // A call that was not made can be repeated, even if it is not idempotent.
      if (!isUnavailable || limits?.signal?.aborted || !(isIdempotent || isCircuitOpen(error))) throw error;
      return toStable(request, limits);
    }
  };
}
