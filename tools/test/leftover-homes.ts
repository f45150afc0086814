import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lentFolder } from '../backing/native/postgres-binaries.ts';
import { RunLedger } from '../processes/run-ledger.ts';
import { HOME } from '../workspace.ts';

const PREFIX = 'test-';

/** A throw-away home for this process. */
export function testHome(): string {
  return join(HOME, `${PREFIX}${process.pid}`);
}

/** Drops everything of a home; what runs in it must have been stopped. */
export function dropHome(home: string): void {
  rmSync(lentFolder(home), { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
}

/** Ends and drops what earlier test runs left: killed ones, and the logs of failed ones. */
export async function dropLeftoverHomes(): Promise<void> {
  for (const name of readdirSync(HOME).filter((entry) => entry.startsWith(PREFIX))) {
    const home = join(HOME, name);
    if (new RunLedger(join(home, 'supervisor')).find('test') !== undefined) continue;
    await new RunLedger(join(home, 'run')).endLeftovers({ patienceMs: 2000 });
    dropHome(home);
  }
}
