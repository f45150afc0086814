import { catalogV1 } from '@viernes/contracts';
import type { GrpcClient } from '@viernes/platform';
import { startTestService, type TestService } from '@viernes/platform/testing';
import { uniqueName } from '@viernes/testing';
import { CatalogModule } from '../catalog.module.js';
import { readConfig } from '../config.js';

export interface TestCatalog extends Pick<TestService, 'database' | 'get' | 'stop'> {
  readonly client: GrpcClient<catalogV1.CatalogServiceService>;
}

/** Starts the service in this process with its own database and consumer group. It is ready on return. */
export async function startCatalog(): Promise<TestCatalog> {
  const { client, ...service } = await startTestService({
    module: (env) => CatalogModule.forConfig(readConfig(env), uniqueName('catalog')),
    definitions: { 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService },
  });
  return { ...service, client: client(catalogV1.CatalogServiceService) };
}
