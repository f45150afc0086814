import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { sleep } from '@viernes/platform';
import { AssetViewRepository } from './asset-view.repository.js';
import type { AssetView } from './asset-view.js';

/** Between two looks at the version. */
const LOOK_EVERY_MS = 500;

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
    let seen = '';
    while (!signal.aborted) {
      const { version, jobsAhead } = await this.transactions.run((tx) => this.views.mark(tx, assetId));
      const mark = `${version} ${jobsAhead}`;
      if (mark !== seen) {
        seen = mark;
        const view = await this.transactions.run((tx) => this.views.get(tx, assetId));
        yield view;
        if (view.isFinal) return;
      }
      await sleep(LOOK_EVERY_MS, signal);
    }
  }
}
