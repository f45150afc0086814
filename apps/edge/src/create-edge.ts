import 'reflect-metadata';
import fastifyCookie from '@fastify/cookie';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  Authenticator,
  installGateway,
  ProblemFilter,
  Plans,
  ResponseCache,
  serverOptions,
  serveSoap,
  UsageCounts,
  WEB_SOCKET_LIMITS,
  type UsageSender,
} from '@viernes/gateway';
import { Shutdown, type ProcessParts } from '@viernes/platform';
import type { EdgeConfig } from './config.js';
import { EdgeModule } from './edge.module.js';
import { toConnectionPolicy } from './gateway/connection-policy.js';
import { securityHeaders } from './static/security-headers.js';
import { serveWebApp } from './static/web-app.js';
import { titleSoap } from './title-soap/title-soap.js';
import { createRunCall } from './title-rpc/run-call.js';
import { serveConnect } from './title-rpc/serve-connect.js';
import { KafkaUsageSender } from './usage/kafka-usage-sender.js';
import { connectByGrpc } from './upstream/upstream.js';

export { listen } from '@viernes/gateway';

/** Creates the edge, ready to listen. Installs the policies first: hooks apply only to routes registered after them. */
export async function createEdge(
  config: EdgeConfig,
  { logger, nestLogger, platform }: Pick<ProcessParts, 'logger' | 'nestLogger' | 'platform'>,
  {
    adapter = new FastifyAdapter(serverOptions(config.TRUSTED_PROXIES)),
    services = connectByGrpc(config),
    usageSender = new KafkaUsageSender(config.KAFKA_BROKERS) as UsageSender,
  } = {},
): Promise<NestFastifyApplication> {
  const module = EdgeModule.forConfig(config, logger, services, usageSender);
  const root: DynamicModule = { module: class Edge {}, imports: [platform, module] };
  const edge = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: nestLogger,
    bodyParser: false,
  });
  edge.useGlobalFilters(new ProblemFilter(logger));

  const fastify = adapter.getInstance();
  const plans = edge.get(Plans, { strict: false });
  const usage = edge.get(UsageCounts, { strict: false });
  const authenticator = edge.get(Authenticator, { strict: false });
  const connections = toConnectionPolicy(config, edge.get(Shutdown, { strict: false }));
  const headers = await securityHeaders(config.MEDIA_ORIGINS);
  const cache = config.RESPONSE_CACHE_MAX_BYTES > 0 ? edge.get(ResponseCache, { strict: false }) : undefined;
  const corsOrigins = config.CORS_ORIGINS;
  const canary =
    config.CATALOG_CANARY_ADDRESS === undefined
      ? undefined
      : { percent: config.CATALOG_CANARY_PERCENT, acceptsHeader: config.CATALOG_CANARY_HEADER };
  const webSockets = {
    ...WEB_SOCKET_LIMITS,
    connections: config.WEB_SOCKET_MAX_CONNECTIONS,
    connectionsPerCaller: config.WEB_SOCKET_MAX_CONNECTIONS_PER_ACCOUNT,
    messagesPerSecond: config.WEB_SOCKET_MESSAGES_PER_SECOND,
  };
  installGateway(fastify, {
    ...{ logger, authenticator, plans, usage, connections, webSockets, headers, corsOrigins, cache, canary },
    traceRatio: config.TRACE_RATIO,
  });
  // Without the hook, only the handlers that read a cookie parse it.
  await fastify.register(fastifyCookie, { hook: false });
  await serveConnect(fastify, createRunCall(fastify, logger));
  await serveSoap(fastify, titleSoap, logger);
  await serveWebApp(fastify, config.WEB_ROOT);
  return edge;
}
