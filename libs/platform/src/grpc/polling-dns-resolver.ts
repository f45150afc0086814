import { experimental, type ChannelOptions } from '@grpc/grpc-js';

type GrpcUri = experimental.GrpcUri;

const SCHEME = 'polling-dns';

/**
 * How often the name of a channel in use is resolved. An added pod receives calls after this time at the latest, and a
 * terminating pod receives none, long before its DRAIN_DELAY_MS has passed.
 */
const POLL_INTERVAL_MS = 3_000;

/**
 * Resolves a DNS name regularly. grpc-js itself resolves it only after a connection has closed: until then it would not
 * notice added pods, and it would wait for minutes on the address of an unresponsive one.
 */
class PollingDnsResolver implements experimental.Resolver {
  private readonly dns: experimental.Resolver;
  private timer: NodeJS.Timeout | undefined;

  constructor(target: GrpcUri, listener: experimental.ResolverListener, options: ChannelOptions) {
    this.dns = experimental.createResolver({ ...target, scheme: 'dns' }, listener, options);
  }

  updateResolution(): void {
    this.timer ??= setInterval(() => this.dns.updateResolution(), POLL_INTERVAL_MS).unref();
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

/** Returns the same target with regular resolution: `polling-dns:///catalog:8401` for `dns:///catalog:8401`. */
export function toPollingTarget(target: string): string {
  return target.replace(/^dns:/, `${SCHEME}:`);
}
