import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { catalogV1, messagingV1, userV1, videoV1 } from '@viernes/contracts';
import { serverOptions, type UsageBatch } from '@viernes/gateway';
import { createLogger, NestLogger, PlatformModule, Readiness, Shutdown } from '@viernes/platform';
import type { Type } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { backing } from '@viernes/testing';
import type { RouteOptions } from 'fastify';
import { readConfig } from '../config.js';
import { createEdge, listen } from '../create-edge.js';
import { TitleRpcModule } from '../title-rpc/title-rpc.module.js';
import { FakeGrpcServer } from './fake-grpc-server.js';
import { TokenIssuer } from './token-issuer.js';

export const INDEX_HTML = '<!doctype html><title>Viernes</title>';
export const SCRIPT = 'export const value = 42;';

type DeadLetterDefinition = messagingV1.DeadLetterServiceService;

export interface TestEdge {
  readonly url: string;
  /** The URL of the port for gRPC clients: `http://127.0.0.1:…`. */
  readonly grpcUrl: string;
  readonly issuer: TokenIssuer;
  readonly catalog: FakeGrpcServer<catalogV1.CatalogServiceService & DeadLetterDefinition>;
  readonly user: FakeGrpcServer<userV1.UserServiceService & DeadLetterDefinition>;
  readonly video: FakeGrpcServer<videoV1.VideoServiceService & DeadLetterDefinition>;
  readonly routes: readonly RouteOptions[];
  /** The usage that the edge has published. */
  readonly usage: readonly UsageBatch[];
  /** Sends a request with the token of a new editor, with the given token, or without one if it is null. */
  readonly fetch: (path: string, init?: EdgeRequest) => Promise<Response>;
  /** Returns a provider of the application. */
  readonly get: <Provided>(token: Type<Provided>) => Provided;
  /** Begins to drain, as after SIGTERM, and continues to serve requests. */
  readonly beginDrain: () => void;
  /** Shuts down, as after SIGTERM. */
  readonly drain: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface EdgeRequest extends RequestInit {
  readonly token?: string | null;
  /** Body, sent as JSON. */
  readonly json?: unknown;
}

/** Starts the edge in this process on real sockets, with fake gRPC servers as services. */
export async function startEdge(settings: Readonly<Record<string, string>> = {}): Promise<TestEdge> {
  const issuer = await TokenIssuer.create();
  const deadLetters = messagingV1.DeadLetterServiceService;
  const catalog = new FakeGrpcServer({ ...catalogV1.CatalogServiceService, ...deadLetters });
  const user = new FakeGrpcServer({ ...userV1.UserServiceService, ...deadLetters });
  const video = new FakeGrpcServer({ ...videoV1.VideoServiceService, ...deadLetters });
  await Promise.all([catalog.start(), user.start(), video.start()]);
  user.handlers = { getJwks: () => ({ jwksJson: issuer.jwksJson }) };

  const webRoot = await mkdtemp(join(tmpdir(), 'viernes-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), INDEX_HTML);
  await writeFile(join(webRoot, 'assets', 'app-5f3c.js'), SCRIPT);
  await writeFile(join(webRoot, 'assets', 'app-5f3c.js.br'), brotliCompressSync(SCRIPT));

  const config = readConfig({
    LOG_LEVEL: 'error',
    HEALTH_ADDRESS: '127.0.0.1:0',
    HTTP_ADDRESS: '127.0.0.1:0',
    PUBLIC_GRPC_ADDRESS: '127.0.0.1:0',
    CATALOG_ADDRESS: catalog.target,
    USER_ADDRESS: user.target,
    VIDEO_ADDRESS: video.target,
    // Not the default database: all tests have the same IP address, and would share its rate limits.
    VALKEY_URL: new URL('/1', backing().valkeyUrl).href,
    // Unavailable, because events of other tests would invalidate cached responses.
    KAFKA_BROKERS: '127.0.0.1:1',
    WEB_ROOT: webRoot,
    ...settings,
  });
  const logger = createLogger('edge', 'fatal');
  const shutdown = new Shutdown();
  const adapter = new FastifyAdapter(serverOptions(config.TRUSTED_PROXIES));
  const routes: RouteOptions[] = [];
  adapter.getInstance().addHook('onRoute', (route) => void routes.push(route));
  const usage: UsageBatch[] = [];
  const usageSender = {
    send: async (batch: UsageBatch) => void usage.push(batch),
    close: () => Promise.resolve(),
  };
  const platform = PlatformModule.forProcess(new Readiness(), shutdown);
  const edge = await createEdge(
    config,
    { logger, nestLogger: new NestLogger(logger), platform },
    { adapter, usageSender },
  );
  await listen(edge, { host: '127.0.0.1', port: 0 });
  const url = await edge.getUrl();

  let isStopped = false;
  const drain = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    shutdown.begin();
    await edge.close();
  };
  return {
    url,
    grpcUrl: `http://127.0.0.1:${edge.get(TitleRpcModule).grpcPort}`,
    issuer,
    catalog,
    user,
    video,
    routes,
    usage,
    fetch: async (path, { token, json, headers, ...init } = {}) => {
      const bearer = token === undefined ? await issuer.sign({ role: 'editor' }) : token;
      return fetch(url + path, {
        ...init,
        headers: {
          ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...(headers as Record<string, string> | undefined),
        },
        ...(json !== undefined && { body: JSON.stringify(json) }),
      });
    },
    get: (token) => edge.get(token, { strict: false }),
    beginDrain: () => shutdown.drain(),
    drain,
    stop: async () => {
      await drain();
      for (const service of [catalog, user, video]) service.stop();
      await rm(webRoot, { recursive: true });
    },
  };
}
