import 'reflect-metadata';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Authenticator, installGateway, ProblemFilter, RateLimits, serverOptions } from '@viernes/gateway';
import { Shutdown, type ProcessParts } from '@viernes/platform';
import type { EdgeConfig } from './config.js';
import { EdgeModule } from './edge.module.js';
import { LIMITS, type LimitName } from './limits.js';
import { securityHeaders } from './static/security-headers.js';
import { serveWebApp } from './static/web-app.js';

/** The whole edge, ready to listen. Policies first: hooks apply to the routes that are registered after them. */
export async function createEdge(
  config: EdgeConfig,
  { logger, nestLogger, platform }: Pick<ProcessParts, 'logger' | 'nestLogger' | 'platform'>,
  adapter = new FastifyAdapter(serverOptions(config.TRUSTED_PROXIES)),
): Promise<NestFastifyApplication> {
  const root: DynamicModule = { module: class Edge {}, imports: [platform, EdgeModule.forRoot(config, logger)] };
  const edge = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: nestLogger,
    bodyParser: false,
  });
  edge.useGlobalFilters(new ProblemFilter(logger));

  const fastify = adapter.getInstance();
  const limits = edge.get<RateLimits<LimitName>>(LIMITS);
  const connections = { shutdown: edge.get(Shutdown), maxAgeMs: config.HTTP_MAX_CONNECTION_AGE_MS };
  installGateway(fastify, { logger, authenticator: edge.get(Authenticator), limits, connections });
  await fastify.register(fastifyHelmet, securityHeaders(config.MEDIA_ORIGINS));
  await fastify.register(fastifyCookie);
  await serveWebApp(fastify, config.WEB_ROOT);
  return edge;
}
