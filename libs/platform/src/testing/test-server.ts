import 'reflect-metadata';
import type { ServiceDefinition } from '@grpc/grpc-js';
import type { INestMicroservice } from '@nestjs/common';
import { freePort } from '@viernes/testing';
import type { HostPort } from '../config/base-env.js';
import { createGrpcClient, type GrpcClient } from '../grpc/grpc-client.js';
import { Readiness } from '../health/readiness.js';
import { createInProcessClient } from '../in-process/in-process-client.js';
import { InProcessServer } from '../in-process/in-process-server.js';
import { createLogger, type Logger } from '../logging/logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { PlatformModule } from '../process/platform.module.js';
import { createGrpcService, type GrpcServiceOptions } from '../process/run-grpc-service.js';
import { Shutdown } from '../process/shutdown.js';

type Definitions = GrpcServiceOptions['definitions'];

const CALL_TIMEOUT_MS = 30_000;

export interface TestServerOptions {
  readonly module: GrpcServiceOptions['module'];
  /** Served on the port of the edge, by full name. */
  readonly definitions: Definitions;
  /** Served on the worker port, by full name. There is no such port by default. */
  readonly workerDefinitions?: Definitions;
  /** Default: a free port of 127.0.0.1. */
  readonly address?: HostPort;
  readonly maxConnectionAgeMs?: number;
  readonly logger?: Logger;
  /** Whether `client` calls the service in the process, without gRPC. */
  readonly isInProcess?: boolean;
}

export interface TestServer {
  readonly app: INestMicroservice;
  /** gRPC targets: `dns:///127.0.0.1:40123`. */
  readonly target: string;
  readonly workerTarget: string;
  readonly readiness: Readiness;
  readonly shutdown: Shutdown;
  /** A client of the port of the edge, without retries. `stop` closes it. */
  readonly client: <const Definition extends ServiceDefinition>(definition: Definition) => GrpcClient<Definition>;
  /** A client of the worker port, without retries. `stop` closes it. */
  readonly workerClient: <const Definition extends ServiceDefinition>(definition: Definition) => GrpcClient<Definition>;
  /** Drains and closes the server. Idempotent. */
  readonly stop: () => Promise<void>;
}

/** Starts a gRPC service in this process, with the same policy as in production. It listens on return. */
export async function startTestServer(options: TestServerOptions): Promise<TestServer> {
  const { module, definitions, workerDefinitions, maxConnectionAgeMs = 60_000, isInProcess = false } = options;
  const { address = await reserveLocalAddress(), logger = createLogger('test', 'fatal') } = options;
  const workerAddress = await reserveLocalAddress();
  const readiness = new Readiness();
  const shutdown = new Shutdown();
  const config = {
    LOG_LEVEL: 'error',
    HEALTH_ADDRESS: { host: '127.0.0.1', port: 0 },
    GRPC_ADDRESS: address,
    GRPC_MAX_CONNECTION_AGE_MS: maxConnectionAgeMs,
    DRAIN_DELAY_MS: 0,
    DRAIN_TIMEOUT_MS: 5_000,
  } as const;
  const workers = workerDefinitions && { address: workerAddress, definitions: workerDefinitions };
  const inProcess = isInProcess ? new InProcessServer(definitions) : undefined;
  const app = await createGrpcService(
    { config, module, definitions, ...(workers && { workers }) },
    { logger, nestLogger: new NestLogger(logger), platform: PlatformModule.forProcess(readiness, shutdown) },
    inProcess,
  );
  await app.listen();

  const clients: { readonly close: () => void }[] = [];
  const connect = <const Definition extends ServiceDefinition>(definition: Definition, target: string) => {
    const client = createGrpcClient(definition, target, { idempotent: [], timeoutMs: CALL_TIMEOUT_MS });
    clients.push(client);
    return client;
  };
  const target = toTarget(address);
  const workerTarget = toTarget(workerAddress);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    for (const client of clients) client.close();
    shutdown.begin();
    await app.close();
  };
  return {
    app,
    target,
    workerTarget,
    readiness,
    shutdown,
    client: (definition) =>
      inProcess
        ? createInProcessClient(definition, inProcess, { timeoutMs: CALL_TIMEOUT_MS })
        : connect(definition, target),
    workerClient: (definition) => connect(definition, workerTarget),
    stop: () => (stopped ??= stop()),
  };
}

async function reserveLocalAddress(): Promise<HostPort> {
  return { host: '127.0.0.1', port: await freePort() };
}

function toTarget({ host, port }: HostPort): string {
  return `dns:///${host}:${port}`;
}
