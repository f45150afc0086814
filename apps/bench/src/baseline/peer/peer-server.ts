import 'reflect-metadata';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { receiveStart } from '../start-message.js';
import { PeerModule } from './peer.module.js';

export interface PeerStart {
  readonly databaseUrl: string;
  /** Whether the server logs requests, counts them in an in-memory rate limit, and sends security headers. */
  readonly hasPolicies: boolean;
}

const start = await receiveStart<PeerStart>();
const app = await NestFactory.create<NestFastifyApplication>(PeerModule.with(start), new FastifyAdapter(), {
  logger: ['error', 'warn'],
});
if (start.hasPolicies) await app.register(helmet);
await app.listen(0, '127.0.0.1');
process.send?.(Number(new URL(await app.getUrl()).port));
