// Makes a projection of a service again from the log, beside the platform that runs: npm run rebuild -- catalog playable.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { execa } from 'execa';
import pc from 'picocolors';
import { databaseUrl } from '../backing/databases.ts';
import { HOME, WORKSPACE } from '../workspace.ts';

const HELP = `Makes a projection again from the log of events, while its service goes on.

  npm run rebuild -- catalog playable    which title plays which film

Settings: DATABASE_URL of the service and KAFKA_BROKERS; beside a running npm start they are found by themselves.
On a cluster the same runs in the service's own image: node apps/catalog/dist/rebuild/main.js playable`;

/** What the service's own command needs to be told. @throws Error for people */
function settings(service: string): { DATABASE_URL: string; KAFKA_BROKERS: string } {
  const { DATABASE_URL, KAFKA_BROKERS } = process.env;
  if (DATABASE_URL && KAFKA_BROKERS) return { DATABASE_URL, KAFKA_BROKERS };
  const file = join(HOME, 'platform.env');
  const started = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const { POSTGRES_URL, KAFKA_BROKERS: brokers } = started;
  if (!POSTGRES_URL || !brokers) {
    throw new Error('DATABASE_URL and KAFKA_BROKERS are not set, and no npm start runs here that would say');
  }
  return { DATABASE_URL: databaseUrl(POSTGRES_URL, `viernes_${service}`), KAFKA_BROKERS: brokers };
}

async function main([service, ...args]: readonly string[]): Promise<number> {
  if (service === undefined || service === 'help' || service === '--help' || service === '-h') {
    console.log(HELP);
    return 0;
  }
  const program = join(WORKSPACE, 'apps', service, 'dist', 'rebuild', 'main.js');
  if (!/^[a-z]+$/.test(service) || !existsSync(program)) {
    throw new Error(`${service} has nothing to make again, or is not built: npm run build builds it`);
  }
  const { exitCode = 1 } = await execa(
    process.execPath,
    ['--disable-warning=TimeoutNegativeWarning', program, ...args],
    {
      env: { NODE_ENV: 'production', KAFKAJS_NO_PARTITIONER_WARNING: '1', ...settings(service) },
      stdio: 'inherit',
      reject: false,
    },
  );
  return exitCode;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(pc.red(error instanceof Error ? error.message : String(error)));
  process.exitCode = 2;
}
