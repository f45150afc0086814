import 'reflect-metadata';
import { Controller, type INestMicroservice } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { videoV1 } from '@viernes/contracts';
import { createGrpcClient, type GrpcClient } from '../grpc/grpc-client.js';
import { Readiness } from '../health/readiness.js';
import { createLogger } from '../logging/logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { PlatformModule } from '../process/platform.module.js';
import { createGrpcService } from '../process/run-grpc-service.js';
import { Shutdown } from '../process/shutdown.js';

// With what loads grpc-js, these must not be imported before the environment of grpc-js is set.
export { eventually, freePort } from '@viernes/testing';

/** Pods of one service, each at an address of its own on the same port, and a client of them all. */
export class VideoPods {
  /** How often each address was called. */
  readonly calls = new Map<string, number>();
  private readonly pods = new Map<string, INestMicroservice>();

  constructor(private readonly port: number) {}

  async start(connectionAgeMs: number, ...hosts: string[]): Promise<void> {
    for (const host of hosts) this.pods.set(host, await this.startPod(host, connectionAgeMs));
  }

  async stop(...hosts: string[]): Promise<void> {
    await Promise.all(hosts.map((host) => this.pods.get(host)?.close()));
    for (const host of hosts) this.pods.delete(host);
  }

  async stopAll(): Promise<void> {
    await this.stop(...this.pods.keys());
  }

  /** @param nameServer who is asked for the addresses: `127.0.0.1:port` */
  client(nameServer: string): GrpcClient<typeof videoV1.VideoServiceService> {
    // Nothing is idempotent here: only what gRPC itself knows never to have begun may be done again.
    const policy = { idempotent: [], timeoutMs: 5_000 };
    return createGrpcClient(videoV1.VideoServiceService, `dns://${nameServer}/video:${this.port}`, policy);
  }

  private async startPod(host: string, connectionAgeMs: number): Promise<INestMicroservice> {
    const logger = createLogger('test', 'fatal');
    const service = await createGrpcService(
      {
        config: {
          LOG_LEVEL: 'error',
          HEALTH_ADDRESS: { host, port: 0 },
          GRPC_ADDRESS: { host, port: this.port },
          GRPC_MAX_CONNECTION_AGE_MS: connectionAgeMs,
          DRAIN_DELAY_MS: 0,
          DRAIN_TIMEOUT_MS: 1_000,
        },
        module: { module: class Root {}, controllers: [countingController(host, this.calls)] },
        definitions: { 'viernes.video.v1.VideoService': videoV1.VideoServiceService },
      },
      {
        logger,
        nestLogger: new NestLogger(logger),
        platform: PlatformModule.forProcess(new Readiness(), new Shutdown()),
      },
    );
    await service.listen();
    return service;
  }
}

function countingController(host: string, calls: Map<string, number>) {
  @Controller()
  class Counting {
    @GrpcMethod('VideoService', 'endPlayback')
    async endPlayback(): Promise<videoV1.EndPlaybackResponse> {
      calls.set(host, (calls.get(host) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
      return {};
    }
  }
  return Counting;
}
