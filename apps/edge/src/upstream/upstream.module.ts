import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { EdgeConfig } from '../config.js';
import { CATALOG, connectUpstreams, DEAD_LETTERS, USER, VIDEO, type Upstreams } from './upstream.js';

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
        { provide: DEAD_LETTERS, useFactory: ({ deadLetters }: Upstreams) => deadLetters, inject: [UPSTREAMS] },
      ],
      exports: [CATALOG, USER, VIDEO, DEAD_LETTERS],
    };
  }

  onApplicationShutdown(): void {
    const { deadLetters, ...clients } = this.upstreams;
    for (const client of Object.values<{ close(): void }>({ ...clients })) client.close();
    for (const client of Object.values(deadLetters)) client.close();
  }
}
