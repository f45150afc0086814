// A service that reads, in a process of its own: what tests end with SIGKILL and SIGTERM. It says on stdout how far it is.
import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { baseEnv, brokerList, loadConfig, runProcess } from '@viernes/platform';
import { z } from 'zod';
import { notedOn } from './note.js';
import { testModule } from './test-module.js';

const SLOW_MS = 1_500;

const schema = z.object({
  ...baseEnv,
  DATABASE_URL: z.string(),
  KAFKA_BROKERS: brokerList,
  SERVICE: z.string(),
  TOPIC: z.string(),
  /** At note `now`, after its effect: takes its time, or stays there until it is killed. */
  MODE: z.enum(['waits', 'dies']),
});

const config = loadConfig(schema, process.env);
const { SERVICE: service, DATABASE_URL: url, KAFKA_BROKERS: brokers, TOPIC, MODE } = config;

await runProcess({
  name: service,
  config,
  start: ({ nestLogger, platform }) => {
    const module = testModule(
      {
        ...{ service, url, brokers, event: notedOn(TOPIC), reads: true, partitions: 3 },
        ...{ order: 'none', transaction: 'event' },
        before: () => Promise.resolve(),
        after: async (_, { data }) => {
          if (data.note !== 'now') return;
          process.stdout.write('effect\n');
          await (MODE === 'waits' ? delay(SLOW_MS) : new Promise(() => undefined));
        },
      },
      platform,
    );
    return NestFactory.createApplicationContext(module, { logger: nestLogger });
  },
});
