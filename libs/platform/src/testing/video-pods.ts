import 'reflect-metadata';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { videoV1 } from '@viernes/contracts';
import { Access } from '../access/access.js';
import { createGrpcClient, type GrpcClient } from '../grpc/grpc-client.js';
import { startTestServer, type TestServer } from './test-server.js';

// Re-exported because they load grpc-js, like this file: a spec imports it after it has set the environment of grpc-js.
export { eventually, freePort } from '@viernes/testing';

/** Pods of one service, each with its own IP address and the same port, and a client of all of them. */
export class VideoPods {
  /** Number of calls by IP address. */
  readonly calls = new Map<string, number>();
  private readonly pods = new Map<string, TestServer>();

  constructor(private readonly port: number) {}

  async start(connectionAgeMs: number, ...hosts: string[]): Promise<void> {
    for (const host of hosts) this.pods.set(host, await this.startPod(host, connectionAgeMs));
  }

  async stop(...hosts: string[]): Promise<void> {
    await Promise.all(hosts.map((host) => this.pods.get(host)?.stop()));
    for (const host of hosts) this.pods.delete(host);
  }

  async stopAll(): Promise<void> {
    await this.stop(...this.pods.keys());
  }

  /** @param nameServer resolves the addresses: `127.0.0.1:port` */
  client(nameServer: string): GrpcClient<typeof videoV1.VideoServiceService> {
    // No method is idempotent: gRPC retries only calls that no server has begun.
    const policy = { idempotent: [], timeoutMs: 5_000 };
    return createGrpcClient(videoV1.VideoServiceService, `dns://${nameServer}/video:${this.port}`, policy);
  }

  private startPod(host: string, maxConnectionAgeMs: number): Promise<TestServer> {
    return startTestServer({
      address: { host, port: this.port },
      maxConnectionAgeMs,
      module: { module: class Root {}, controllers: [createCountingController(host, this.calls)] },
      definitions: { 'viernes.video.v1.VideoService': videoV1.VideoServiceService },
    });
  }
}

function createCountingController(host: string, calls: Map<string, number>) {
  @Controller()
  class Counting {
    @GrpcMethod('VideoService', 'endPlayback')
    @Access('public')
    async endPlayback(): Promise<videoV1.EndPlaybackResponse> {
      calls.set(host, (calls.get(host) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
      return {};
    }
  }
  return Counting;
}
