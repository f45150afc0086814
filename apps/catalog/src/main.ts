import { catalogV1 } from '@viernes/contracts';
import { MESSAGING_DEFINITIONS } from '@viernes/messaging';
import { runGrpcService } from '@viernes/platform';
import { CatalogModule } from './catalog.module.js';
import { readConfig } from './config.js';

const config = readConfig(process.env);

await runGrpcService({
  name: 'catalog',
  config,
  module: CatalogModule.forConfig(config),
  definitions: { 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService, ...MESSAGING_DEFINITIONS },
});
