import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Scratch } from '../sandbox/scratch.service.js';
import { download } from './download.js';
import { untilAborted } from './until-aborted.js';

export interface WantedSource {
  readonly assetId: string;
  readonly url: string;
  readonly sizeBytes: number;
}

interface CachedSource {
  readonly path: string;
  readonly arrival: Promise<void>;
  readonly giveUp: AbortController;
  users: number;
  usedAt: number;
}

/** One more than the asset at hand: jobs of two films may come in turns. */
const MAX_IDLE_SOURCES = 2;

/**
 * Sources on this worker's disk. The jobs of one asset mostly come one after the other, and to the same few workers: the
 * source is fetched once for all of them. Idle ones beyond the newest two are deleted.
 */
@Injectable()
export class SourceCache {
  private readonly sources = new Map<string, CachedSource>();

  constructor(private readonly scratch: Scratch) {}

  /**
   * Fetches a source, unless it is here, and keeps it here while `work` lasts.
   *
   * @throws Error where it does not arrive whole; the signal's reason where that is aborted first
   */
  async use<Result>(
    wanted: WantedSource,
    signal: AbortSignal,
    work: (path: string) => Promise<Result>,
  ): Promise<Result> {
    const source = this.sources.get(wanted.assetId) ?? this.fetch(wanted);
    source.users += 1;
    try {
      await untilAborted(source.arrival, signal);
      return await work(source.path);
    } finally {
      source.users -= 1;
      source.usedAt = performance.now();
      await this.dropIdle();
    }
  }

  private fetch({ assetId, url, sizeBytes }: WantedSource): CachedSource {
    const path = join(this.scratch.sourcesFolder, createHash('sha256').update(assetId).digest('hex'));
    const giveUp = new AbortController();
    const arrival = download({ url, path, sizeBytes, signal: giveUp.signal });
    const source: CachedSource = { path, arrival, giveUp, users: 0, usedAt: performance.now() };
    this.sources.set(assetId, source);
    arrival.catch(() => this.forget(assetId, source));
    return source;
  }

  private async dropIdle(): Promise<void> {
    const idle = [...this.sources]
      .filter(([, { users }]) => users === 0)
      .sort(([, left], [, right]) => right.usedAt - left.usedAt);
    for (const [assetId, source] of idle.slice(MAX_IDLE_SOURCES)) await this.forget(assetId, source);
  }

  private async forget(assetId: string, source: CachedSource): Promise<void> {
    if (this.sources.get(assetId) === source) this.sources.delete(assetId);
    source.giveUp.abort();
    await rm(source.path, { force: true });
    await rm(`${source.path}.unfinished`, { force: true });
  }
}
