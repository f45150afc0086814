import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Http2Listener } from '@viernes/gateway';
import { Shutdown, type Logger } from '@viernes/platform';
import type { EdgeConfig } from '../config.js';
import { toConnectionPolicy } from '../gateway/connection-policy.js';
import { createGrpcHandler } from './grpc-handler.js';
import { createRunCall } from './run-call.js';

const CONFIG = Symbol('Config');
const LOGGER = Symbol('Logger');

/** Serves titles to gRPC clients on a separate port, because HTTP/1.1 and HTTP/2 without TLS cannot share one. */
@Module({})
export class TitleRpcModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly listener: Http2Listener;

  constructor(
    { httpAdapter }: HttpAdapterHost<FastifyAdapter>,
    shutdown: Shutdown,
    @Inject(CONFIG) private readonly config: EdgeConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    const run = createRunCall(httpAdapter.getInstance(), logger);
    const handler = createGrpcHandler(run, shutdown.draining, logger);
    this.listener = new Http2Listener(handler, logger, toConnectionPolicy(config, shutdown));
  }

  static forRoot(config: EdgeConfig, logger: Logger): DynamicModule {
    return {
      module: TitleRpcModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
      ],
    };
  }

  get grpcPort(): number {
    return this.listener.port;
  }

  onApplicationBootstrap(): Promise<void> {
    return this.listener.listen(this.config.PUBLIC_GRPC_ADDRESS);
  }

  /** Closes before the HTTP server, because calls in flight need the policies of that server. */
  beforeApplicationShutdown(): Promise<void> {
    return this.listener.close();
  }
}
