import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';
import { AssetRepository } from '../asset/asset.repository.js';
import { DiscardedObjectRepository } from '../transcode/discarded-object.repository.js';
import { TranscodeJobRepository } from '../transcode/transcode-job.repository.js';

/** Deletes videos that were never playable. */
@Injectable()
export class UnpublishedAssets {
  constructor(
    private readonly assets: AssetRepository,
    private readonly jobs: TranscodeJobRepository,
    private readonly discarded: DiscardedObjectRepository,
  ) {}

  /**
   * Deletes those of the assets that are not published, with their jobs and renditions. Their sources are not deleted. The
   * outputs of jobs are deleted later, when workers can no longer write them.
   *
   * @returns the IDs of the deleted assets
   */
  async delete(tx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
    // Locks jobs before assets, as the calls of workers do.
    const jobs = await this.jobs.lockOfAssets(tx, ids);
    const unpublished = new Set(await this.assets.lockUnpublished(tx, ids));
    const outputKeys = jobs.flatMap(({ assetId, outputKey }) => (unpublished.has(assetId) ? (outputKey ?? []) : []));
    await this.discarded.addAll(tx, outputKeys);
    await this.assets.delete(tx, [...unpublished]);
    return unpublished;
  }
}
