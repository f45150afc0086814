import { NestFactory } from '@nestjs/core';
import { runProcess } from '@viernes/platform';
import { readConfig } from './config.js';
import { TranscoderModule } from './transcoder.module.js';

const config = readConfig(process.env);

await runProcess({
  name: 'transcoder',
  config,
  start: ({ nestLogger, platform }) =>
    NestFactory.createApplicationContext(TranscoderModule.forConfig(config, platform), { logger: nestLogger }),
});
