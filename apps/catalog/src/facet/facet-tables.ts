import { Injectable } from '@nestjs/common';
import { Database } from '@viernes/database';
import { LATEST, newTraceId, PeriodicTasks, runInContext } from '@viernes/platform';
import type { FacetTable } from './facet-table.js';
import { FacetTableRepository } from './facet-table.repository.js';

const CHECK_INTERVAL_MS = 2_000;
/**
 * Age after which a table is reloaded even if the version is the same, because a change that commits after a newer one
 * does not change the version.
 */
const MAX_AGE_MS = 5 * 60_000;
/** The pause after a load is this multiple of its duration, so that loading takes at most 5 % of the time. */
const PAUSE_FACTOR = 20;

interface Loaded {
  readonly table: FacetTable;
  readonly version: string;
  readonly loadedAtMs: number;
  readonly durationMs: number;
}

/** Holds all titles in memory to count them, and reloads them when titles have changed. */
@Injectable()
export class FacetTables {
  private loaded: Loaded | undefined;
  private loading: Promise<Loaded> | undefined;

  constructor(
    private readonly repository: FacetTableRepository,
    database: Database,
    tasks: PeriodicTasks,
  ) {
    const run = database.whileReady(() => inOwnContext(() => this.refresh()));
    tasks.add({ name: 'facet refresh', intervalMs: CHECK_INTERVAL_MS, run });
  }

  /** Returns the current table. Waits only for the first load. */
  async get(): Promise<FacetTable> {
    const { table } = this.loaded ?? (await this.load());
    return table;
  }

  private async refresh(): Promise<void> {
    if (this.loaded) {
      const ageMs = performance.now() - this.loaded.loadedAtMs;
      if (ageMs < PAUSE_FACTOR * this.loaded.durationMs) return;
      if (ageMs < MAX_AGE_MS && (await this.repository.findVersion()) === this.loaded.version) return;
    }
    await this.load();
  }

  private load(): Promise<Loaded> {
    this.loading ??= inOwnContext(() => this.loadNow()).finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async loadNow(): Promise<Loaded> {
    const startedAtMs = performance.now();
    // Reads the version before the titles, which can then be newer than it, but not older.
    const version = await this.repository.findVersion();
    const table = await this.repository.load();
    const loadedAtMs = performance.now();
    this.loaded = { table, version, loadedAtMs, durationMs: loadedAtMs - startedAtMs };
    return this.loaded;
  }
}

/**
 * Runs without the deadline of a request, because other requests wait for the same titles. Reads only from the primary
 * database. Otherwise, the version and the titles could come from different databases.
 */
function inOwnContext<Result>(work: () => Result): Result {
  return runInContext({ traceId: newTraceId(), position: LATEST }, work);
}
