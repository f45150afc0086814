import { Logger } from '@nestjs/common';
import { runProcess } from '@viernes/platform';
import { readConfig } from './config.js';
import { startMonolith } from './start-monolith.js';

// @nestjs/typeorm warns about several data sources with one name. Each service has its own Nest application, so they cannot
// conflict. runProcess replaces the logger.
Logger.overrideLogger(false);
const config = readConfig(process.env);

await runProcess({ name: 'monolith', config, start: (parts) => startMonolith(config, parts) });
