import { currentContext } from '@viernes/platform';
import type pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { STATEMENT_TIMEOUT_MS } from './database-options.js';

/** The server ends a statement by itself; whoever has heard nothing this long after that speaks to nobody. */
const GRACE_MS = 2_000;

/**
 * Asks, and breaks the connection that does not answer within the statement's own limit: a machine that vanished, or a pod
 * whose address nobody has any more, swallows what is sent, and the system would go on sending for a quarter of an hour.
 * What waits fails as for any broken connection, and the pool makes a new one, to where the name leads by then.
 *
 * @throws what `ask` throws, or pg's error about the broken connection
 */
export async function answered<Result>(runner: QueryRunner, ask: () => Promise<Result>): Promise<Result> {
  const { connection } = (await runner.connect()) as pg.PoolClient;
  const { deadlineAt = Infinity } = currentContext();
  const limitMs = Math.max(0, Math.min(STATEMENT_TIMEOUT_MS, deadlineAt - Date.now()));
  const giveUp = (): void => {
    connection.stream.destroy(new Error(`no answer within ${limitMs + GRACE_MS} ms`));
  };
  const timer = setTimeout(giveUp, limitMs + GRACE_MS);
  try {
    return await ask();
  } finally {
    clearTimeout(timer);
  }
}
