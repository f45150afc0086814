// Makes a projection again from the log, beside the running service: node apps/catalog/dist/rebuild/main.js playable.
// Of the service's settings it needs DATABASE_URL and KAFKA_BROKERS.
import { DatabaseModule } from '@viernes/database';
import { runRebuild } from '@viernes/messaging';
import { readRebuildConfig } from '../config.js';
import { PublicationModule } from '../publication/publication.module.js';
import { ENTITIES, MIGRATIONS } from '../schema.js';
import { PROJECTIONS } from './projections.js';

const { DATABASE_URL: url, KAFKA_BROKERS: brokers } = readRebuildConfig(process.env);

process.exitCode = await runRebuild({
  service: 'catalog',
  brokers,
  database: DatabaseModule.forRoot({ url, entities: ENTITIES, migrations: MIGRATIONS, poolSize: 4 }),
  projections: PROJECTIONS,
  imports: [PublicationModule],
  args: process.argv.slice(2),
  print: (line) => console.log(line),
});
