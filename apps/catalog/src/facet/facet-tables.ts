import { Injectable } from '@nestjs/common';
import { Database } from '@viernes/database';
import { LATEST, newTraceId, PeriodicTasks, runInContext } from '@viernes/platform';
import type { FacetTable } from './facet-table.js';
import { FacetTableRepository } from './facet-table.repository.js';

const CHECK_INTERVAL_MS = 2_000;
/** A change can commit after a newer one. The version then remains the same. */
const MAX_AGE_MS = 5 * 60_000;
/** The pause after a load is this number of times its duration, so that loading takes at most 5 % of the time. */
const PAUSE_FACTOR = 20;

interface Loaded {
  readonly table: FacetTable;
  readonly version: string;
  readonly loadedAtMs: number;
  readonly durationMs: number;
}

/** The titles of this replica for counts. They are loaded again when titles have changed. */
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

  /** Waits for the titles only after the start of the process. */
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
    // Before the titles: they can be newer than their version, but not older.
    const version = await this.repository.findVersion();
    const table = await this.repository.load();
    const loadedAtMs = performance.now();
    this.loaded = { table, version, loadedAtMs, durationMs: loadedAtMs - startedAtMs };
    return this.loaded;
  }
}

/**
 * Without the deadline of a request, because others wait for the same titles. Without a replica of the database, which
 * can begin or stop to serve reads between the version and the titles.
 */
function inOwnContext<Result>(work: () => Result): Result {
  return runInContext({ traceId: newTraceId(), position: LATEST }, work);
}
