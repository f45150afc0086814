import type { ServiceDefinition } from '@grpc/grpc-js';

/**
 * Creates the gRPC service config of a client: round robin over all addresses of the name, and up to three retries of
 * idempotent calls while the server is unavailable. The throttle is the retry budget: once failures have used half
 * of its tokens, nothing is retried until successes restore them.
 *
 * @param idempotent names of methods of the definition that are safe to retry: `getTitle`
 * @see gRFC A6 (client retries) and the schema of the gRPC service config
 */
export function serviceConfig(definition: ServiceDefinition, idempotent: readonly string[]): string {
  const name = idempotent.map((method) => {
    const [, service, rpc] = definition[method]?.path.split('/') ?? [];
    if (!service || !rpc) throw new Error(`unknown idempotent method: ${method}`);
    return { service, method: rpc };
  });
  return JSON.stringify({
    loadBalancingConfig: [{ round_robin: {} }],
    retryThrottling: { maxTokens: 20, tokenRatio: 0.1 },
    ...(name.length > 0 && {
      methodConfig: [
        {
          name,
          retryPolicy: {
            maxAttempts: 4,
            initialBackoff: '0.05s',
            maxBackoff: '0.5s',
            backoffMultiplier: 3,
            retryableStatusCodes: ['UNAVAILABLE'],
          },
        },
      ],
    }),
  });
}
