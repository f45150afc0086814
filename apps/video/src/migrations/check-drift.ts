import { checkMigrationDrift } from '@viernes/database';
import { videoDatabase } from '../database/video-schema.js';

// POSTGRES_URL is a server where a database may be made and dropped; none of its own is touched.
const url = process.env['POSTGRES_URL'];
if (!url) throw new Error('POSTGRES_URL is not set');
const statements = await checkMigrationDrift(videoDatabase(url));
if (statements.length > 0) {
  process.stderr.write(`video: entities and migrations differ; a migration would be\n${statements.join(';\n')};\n`);
  process.exitCode = 1;
}
