import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { EdgeConfig } from '../config.js';
import { CATALOG, connectUpstreams, USER, VIDEO, type Upstreams } from './upstream.js';

const UPSTREAMS = Symbol('Upstreams');

/** The three services, everywhere; closed last, after the requests that use them. */
@Global()
@Module({})
export class UpstreamModule implements OnApplicationShutdown {
  constructor(@Inject(UPSTREAMS) private readonly upstreams: Upstreams) {}

  static forRoot(config: EdgeConfig): DynamicModule {
    return {
      module: UpstreamModule,
      providers: [
        { provide: UPSTREAMS, useFactory: () => connectUpstreams(config) },
        { provide: CATALOG, useFactory: ({ catalog }: Upstreams) => catalog, inject: [UPSTREAMS] },
        { provide: USER, useFactory: ({ user }: Upstreams) => user, inject: [UPSTREAMS] },
        { provide: VIDEO, useFactory: ({ video }: Upstreams) => video, inject: [UPSTREAMS] },
      ],
      exports: [CATALOG, USER, VIDEO],
    };
  }

  onApplicationShutdown(): void {
    for (const client of Object.values<{ close(): void }>({ ...this.upstreams })) client.close();
  }
}
