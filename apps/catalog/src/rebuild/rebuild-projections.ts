import { DatabaseModule } from '@viernes/database';
import { runRebuild, type Projection } from '@viernes/messaging';
import type { CatalogConfig } from '../config.js';
import { MakeTitlePlayable } from '../publication/make-title-playable.handler.js';
import { PublicationModule } from '../publication/publication.module.js';
import { ENTITIES, MIGRATIONS } from '../schema.js';

/**
 * The projections whose topics retain all of their events. Popularity is not one of them: its topic retains events for
 * a week, but views count indefinitely, so a rebuild would lose older views.
 */
const PROJECTIONS: readonly Projection[] = [
  { name: 'playable', handlers: [MakeTitlePlayable], tables: ['publication'] },
];

/**
 * Rebuilds a projection while the service is running.
 * @param args the command line: the name of a projection
 * @returns the exit code
 */
export function rebuildProjections(
  { DATABASE_URL: url, KAFKA_BROKERS: brokers }: Pick<CatalogConfig, 'DATABASE_URL' | 'KAFKA_BROKERS'>,
  args: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  return runRebuild({
    service: 'catalog',
    brokers,
    database: DatabaseModule.forRoot({ url, entities: ENTITIES, migrations: MIGRATIONS, poolSize: 4 }),
    projections: PROJECTIONS,
    imports: [PublicationModule],
    args,
    print,
  });
}
