import { experimental, type ChannelOptions } from '@grpc/grpc-js';

type GrpcUri = experimental.GrpcUri;

const SCHEME = 'renewed-dns';

/**
 * How often a name is looked up while its channel is in use. A pod that was added gets calls after this at the latest, and
 * one that is going away gets none, long before its DRAIN_DELAY_MS is over.
 */
const RENEW_MS = 3_000;

/**
 * DNS, looked up again and again. grpc-js asks only once a connection has ended: until then it would not notice that there
 * are more pods, and it would wait for minutes on the address of one that vanished without a word.
 */
class PollingDnsResolver implements experimental.Resolver {
  private readonly dns: experimental.Resolver;
  private timer: NodeJS.Timeout | undefined;

  constructor(target: GrpcUri, listener: experimental.ResolverListener, options: ChannelOptions) {
    this.dns = experimental.createResolver({ ...target, scheme: 'dns' }, listener, options);
  }

  updateResolution(): void {
    this.timer ??= setInterval(() => this.dns.updateResolution(), RENEW_MS).unref();
    this.dns.updateResolution();
  }

  destroy(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.dns.destroy();
  }

  static getDefaultAuthority({ path }: GrpcUri): string {
    return path;
  }
}

experimental.registerResolver(SCHEME, PollingDnsResolver);

/** The same target, looked up again and again: `dns:///catalog:8401` as `renewed-dns:///catalog:8401`. */
export function renewedTarget(target: string): string {
  return target.replace(/^dns:/, `${SCHEME}:`);
}
