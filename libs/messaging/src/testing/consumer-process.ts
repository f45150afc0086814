// A service that consumes events in a separate process, so that tests can send it SIGKILL and SIGTERM.
import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { baseEnv, brokerList, loadConfig, runProcess } from '@viernes/platform';
import { z } from 'zod';
import { notedEvent } from './note.js';
import { testModule } from './test-module.js';

const SLOW_MS = 1_500;

const Env = z.object({
  ...baseEnv,
  DATABASE_URL: z.string(),
  KAFKA_BROKERS: brokerList,
  SERVICE: z.string(),
  TOPIC: z.string(),
  /** Whether the handler finishes slowly or never after the effect of the note `now`. */
  MODE: z.enum(['slow', 'stuck']),
});

const config = loadConfig(Env, process.env);
const { SERVICE: service, DATABASE_URL: url, KAFKA_BROKERS: brokers, TOPIC, MODE } = config;

await runProcess({
  name: service,
  config,
  start: ({ nestLogger, platform }) => {
    const module = testModule({
      service,
      url,
      brokers,
      event: notedEvent(TOPIC),
      consumes: true,
      partitions: 3,
      retentionHours: 1,
      transaction: 'event',
      accepts: () => true,
      before: () => Promise.resolve(),
      after: async (_, { data }) => {
        if (data.note !== 'now') return;
        process.stdout.write('effect\n');
        await (MODE === 'slow' ? delay(SLOW_MS) : new Promise(() => undefined));
      },
    });
    return NestFactory.createApplicationContext(
      { module: class ConsumerProcess {}, imports: [platform, module] },
      { logger: nestLogger },
    );
  },
});
