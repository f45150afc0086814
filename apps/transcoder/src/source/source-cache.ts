import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import type { PresignedUrl } from '../object-storage/presigned-url.js';
import { isLeaseLost } from '../retry/lease-lost.js';
import { Scratch } from '../sandbox/scratch.js';
import { download } from './download.js';

export interface Source {
  readonly assetId: string;
  readonly url: PresignedUrl;
  readonly sizeBytes: number;
}

interface CachedSource {
  readonly path: string;
  readonly downloaded: Promise<void>;
  readonly abort: AbortController;
  isComplete: boolean;
  users: number;
  usedAt: number;
}

/** Maximum number of idle sources. More than one, because jobs of several assets can alternate. */
const MAX_IDLE_SOURCES = 2;

/**
 * Stores sources on this worker's disk. Most jobs of one asset run one after the other on the same few workers, so each of
 * them downloads the source only once. Deletes all idle sources except the two that were used last.
 */
@Injectable()
export class SourceCache {
  private readonly logger = new Logger(SourceCache.name);
  private readonly sources = new Map<string, CachedSource>();

  constructor(private readonly scratch: Scratch) {}

  /**
   * Downloads a source unless it is cached, and does not delete it while `work` runs.
   *
   * @throws Error if the download fails; the signal's reason if it aborts first
   */
  async use<Result>(source: Source, signal: AbortSignal, work: (path: string) => Promise<Result>): Promise<Result> {
    for (;;) {
      const existing = this.sources.get(source.assetId);
      const cached = existing ?? this.startDownload(source);
      cached.users += 1;
      try {
        await rejectOnAbort(cached.downloaded, signal);
        return await work(cached.path);
      } catch (error) {
        // Another job started this download and has lost its lease. Start again with the URL of this job.
        const hasOtherJobLostLease = existing !== undefined && !existing.isComplete && isLeaseLost(error);
        if (!hasOtherJobLostLease || signal.aborted) throw error;
      } finally {
        cached.users -= 1;
        cached.usedAt = performance.now();
        if (cached.users === 0 && !cached.isComplete) await this.remove(source.assetId, cached);
        await this.deleteIdle();
      }
    }
  }

  private startDownload({ assetId, url, sizeBytes }: Source): CachedSource {
    const path = join(this.scratch.sourcesFolder, randomUUID());
    const abort = new AbortController();
    const downloaded = download({ url, path, sizeBytes, signal: abort.signal, logger: this.logger });
    const cached: CachedSource = { path, downloaded, abort, isComplete: false, users: 0, usedAt: performance.now() };
    this.sources.set(assetId, cached);
    downloaded.then(
      () => (cached.isComplete = true),
      () => this.remove(assetId, cached),
    );
    return cached;
  }

  private async deleteIdle(): Promise<void> {
    const idle = [...this.sources]
      .filter(([, { users }]) => users === 0)
      .sort(([, left], [, right]) => right.usedAt - left.usedAt);
    for (const [assetId, source] of idle.slice(MAX_IDLE_SOURCES)) await this.remove(assetId, source);
  }

  private async remove(assetId: string, source: CachedSource): Promise<void> {
    if (this.sources.get(assetId) === source) this.sources.delete(assetId);
    source.abort.abort();
    // The download must have ended: otherwise it could write the file again.
    await source.downloaded.catch(() => undefined);
    await rm(source.path, { force: true });
    await rm(`${source.path}.partial`, { force: true });
  }
}

/** Waits for a shared promise, but rejects with the signal's reason as soon as the signal aborts. */
async function rejectOnAbort<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  const cleanup = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: cleanup.signal });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    cleanup.abort();
  }
}
