import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import type { CallLimits, ClientFactory, ClientPolicy, GrpcClient } from './grpc-client.js';

export type UnaryCall = (request: unknown, limits?: CallLimits) => Promise<unknown>;

/**
 * Changes each unary method of the clients that a factory creates. Streams are unchanged.
 *
 * @param change receives a method and its path: `/viernes.catalog.v1.CatalogService/GetTitle`
 */
export function changeUnaryCalls(
  connect: ClientFactory,
  change: (call: UnaryCall, path: string) => UnaryCall,
): ClientFactory {
  return <const Definition extends ServiceDefinition>(definition: Definition, policy: ClientPolicy<Definition>) => {
    const client = connect(definition, policy);
    const calls = client as Readonly<Record<string, UnaryCall>>;
    const changed = Object.entries<MethodDefinition<unknown, unknown>>(definition).flatMap(
      ([name, { path, responseStream }]) => {
        const call = calls[name];
        return call && !responseStream ? [[name, change(call, path)]] : [];
      },
    );
    return { ...client, ...Object.fromEntries(changed) } as GrpcClient<Definition>;
  };
}
