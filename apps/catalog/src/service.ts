import { catalogV1 } from '@viernes/contracts';
import { MESSAGING_DEFINITIONS } from '@viernes/messaging';
import { serializeOnce, type GrpcServiceOptions } from '@viernes/platform';
import { readConfig } from './config.js';
import { CatalogModule } from './catalog.module.js';

const { listHomeRows, ...methods } = catalogV1.CatalogServiceService;

/** The API of the service. The home rows are the same object until they change. */
const definition = { ...methods, listHomeRows: serializeOnce(listHomeRows) };

/** Composes the service, for a separate process and for the monolith. @throws Error that lists all invalid settings */
export function readService(env: NodeJS.ProcessEnv): GrpcServiceOptions {
  const config = readConfig(env);
  return {
    name: 'catalog',
    config,
    module: CatalogModule.forConfig(config),
    definitions: { 'viernes.catalog.v1.CatalogService': definition, ...MESSAGING_DEFINITIONS },
  };
}
