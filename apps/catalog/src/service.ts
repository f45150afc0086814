import { catalogV1 } from '@viernes/contracts';
import { MESSAGING_DEFINITIONS } from '@viernes/messaging';
import type { GrpcServiceOptions } from '@viernes/platform';
import { readConfig } from './config.js';
import { CatalogModule } from './catalog.module.js';

/** Composes the service, for a separate process and for the monolith. @throws Error that lists all invalid settings */
export function composeService(env: NodeJS.ProcessEnv): GrpcServiceOptions {
  const config = readConfig(env);
  return {
    name: 'catalog',
    config,
    module: CatalogModule.forConfig(config),
    definitions: { 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService, ...MESSAGING_DEFINITIONS },
  };
}
