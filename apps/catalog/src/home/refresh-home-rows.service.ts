import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { HomeRowsChangedV1 } from '@viernes/contracts';
import { Database, Transactions, tryLockInTransaction, type Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { PeriodicTasks } from '@viernes/platform';
import { PopularTitles } from '../popularity/popular-titles.js';
import { HomeProjectionRepository } from './home-projection.repository.js';
import { MAX_ROW_SIZE, POPULAR, READY_TO_WATCH, toGenreRows, type HomeRowTitles } from './home-rows.js';

/** Number of genre rows: one for each of the genres with the most titles. */
const GENRE_ROWS = 6;
/** More genres than rows, because several genres can have the same row ID. */
const GENRE_CANDIDATES = 2 * GENRE_ROWS;
/** Time between two checks of a replica. */
const INTERVAL_MS = 2_000;
/** Minimum time between two checks, by any replica: more replicas do not cause more load. */
const MIN_INTERVAL_MS = 1_000;
/** Time after which genre rows are computed even without a newer title or publication, because a change can commit late. */
const GENRE_INTERVAL_MS = 30_000;

/**
 * Maintains the rows of the home page, so that a request only reads them. Every replica checks them, but only one
 * replica at a time. If a check fails or its process stops, the rollback keeps the rows and releases the lock for the
 * next check.
 */
@Injectable()
export class RefreshHomeRows {
  constructor(
    private readonly projection: HomeProjectionRepository,
    private readonly popular: PopularTitles,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    database: Database,
    tasks: PeriodicTasks,
  ) {
    tasks.add({ name: 'home refresh', intervalMs: INTERVAL_MS, run: database.whileReady(() => this.run()) });
  }

  private async run(): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await tryLockInTransaction(tx, 'homeRefresh'))) return;
      const state = await this.projection.findState(tx, MIN_INTERVAL_MS, GENRE_INTERVAL_MS);
      if (state && !state.isCheckDue) return;

      const stored = await this.projection.listRows(tx);
      const newest = await this.projection.findNewest(tx);
      const areGenresCurrent = state !== undefined && !state.isGenreCheckDue && state.newest === newest;
      const genreRows = areGenresCurrent ? stored.filter(isGenreRow) : await this.computeGenreRows(tx);
      const rows = [
        { ...READY_TO_WATCH, titleIds: await this.projection.listReadyToWatch(tx, MAX_ROW_SIZE) },
        { ...POPULAR, titleIds: await this.popular.listIds(tx, MAX_ROW_SIZE) },
        ...genreRows,
      ].filter(({ titleIds }) => titleIds.length > 0);

      if (!isDeepStrictEqual(rows, stored)) await this.projection.replaceRows(tx, rows);
      const version = await this.projection.computeVersion(tx);
      if (areGenresCurrent) await this.projection.setChecked(tx, version);
      else await this.projection.setGenresComputed(tx, newest, version);
      if (version !== state?.version) await this.outbox.add(tx, HomeRowsChangedV1, {});
    });
  }

  private async computeGenreRows(tx: Transaction): Promise<HomeRowTitles[]> {
    const genres = await this.projection.listGenresBySize(tx, GENRE_CANDIDATES);
    const rows: HomeRowTitles[] = [];
    for (const row of toGenreRows(genres, GENRE_ROWS)) {
      rows.push({ ...row, titleIds: await this.projection.listBest(tx, row.name, MAX_ROW_SIZE) });
    }
    return rows;
  }
}

function isGenreRow({ id }: HomeRowTitles): boolean {
  return id !== READY_TO_WATCH.id && id !== POPULAR.id;
}
