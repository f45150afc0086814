import type { ServiceDefinition } from '@grpc/grpc-js';

/**
 * How a client treats a service: every address of the name gets its share (round robin), and calls that may be repeated
 * are, up to three times where the other side is away. The throttle is the budget: once more than half of its tokens are
 * spent by failures, nothing is retried until successes earn them back.
 *
 * @param idempotent names of the definition's methods that may be repeated: `getTitle`
 * @see gRFC A6 (client retries) and the gRPC service config's schema
 */
export function serviceConfig(definition: ServiceDefinition, idempotent: readonly string[]): string {
  const name = idempotent.map((method) => {
    const [, service, rpc] = definition[method]?.path.split('/') ?? [];
    if (!service || !rpc) throw new Error(`no such method to retry: ${method}`);
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
