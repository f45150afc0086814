import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import {
  CATALOG,
  connectUpstreams,
  DEAD_LETTERS,
  USER,
  VIDEO,
  type ServiceClients,
  type Upstreams,
} from './upstream.js';

const UPSTREAMS = Symbol('Upstreams');

/** Provides the clients of the services to every feature. Closes them after the last request. */
@Global()
@Module({})
export class UpstreamModule implements OnApplicationShutdown {
  constructor(@Inject(UPSTREAMS) private readonly upstreams: Upstreams) {}

  static forRoot(services: ServiceClients): DynamicModule {
    return {
      module: UpstreamModule,
      providers: [
        { provide: UPSTREAMS, useFactory: () => connectUpstreams(services) },
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
