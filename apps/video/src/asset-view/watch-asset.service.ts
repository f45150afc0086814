import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { sleep } from '@viernes/platform';
import { AssetViewRepository } from './asset-view.repository.js';
import type { AssetView } from './asset-view.js';

const POLL_INTERVAL_MS = 500;

@Injectable()
export class WatchAsset {
  constructor(
    private readonly views: AssetViewRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Yields the asset immediately and after each change. Ends after the final view, or when `signal` aborts.
   *
   * @throws CodedError ASSET_NOT_FOUND
   */
  async *run(assetId: string, signal: AbortSignal): AsyncGenerator<AssetView> {
    let lastVersion = '';
    while (!signal.aborted) {
      const { version, jobsAhead } = await this.transactions.run((tx) => this.views.getVersion(tx, assetId));
      const currentVersion = `${version} ${jobsAhead}`;
      if (currentVersion !== lastVersion) {
        lastVersion = currentVersion;
        const asset = await this.transactions.run((tx) => this.views.get(tx, assetId));
        yield asset;
        if (asset.isFinal) return;
      }
      await sleep(POLL_INTERVAL_MS, signal);
    }
  }
}
