import { Inject, Injectable, Logger } from '@nestjs/common';
import { sleep, retryDelayMs } from '@viernes/platform';
import { isTemporary } from '../upstream/is-temporary.js';
import { required } from '../upstream/required.js';
import { VIDEO, type VideoClient } from '../upstream/upstream.js';
import type { AssetResponse } from './asset.operations.js';
import { toAssetResponse } from './asset.response.js';

/** Short, because a stream usually breaks when its pod is replaced. */
const RETRY_BASE_MS = 200;
const RETRY_CAP_MS = 3_000;

/** Watches an asset across as many gRPC streams as it takes to reach its final state. */
@Injectable()
export class AssetChanges {
  private readonly logger = new Logger(AssetChanges.name);

  constructor(@Inject(VIDEO) private readonly video: VideoClient) {}

  /**
   * Yields the asset immediately and after each change, and completes after its final state. A stream that breaks or ends
   * earlier is requested again, with a delay that grows until the asset changes. Must be read in the request's context.
   *
   * @param signal completes the iteration and cancels the upstream stream
   * @throws CodedError any error before the first state; later only an error that a new stream cannot correct
   */
  async *watch(assetId: string, signal: AbortSignal): AsyncGenerator<AssetResponse> {
    let last = '';
    let attempt = 0;
    while (!signal.aborted) {
      try {
        for await (const change of this.video.watchAsset({ assetId }, { signal })) {
          const asset = toAssetResponse(required(change.asset, 'asset'));
          const text = JSON.stringify(asset);
          // A new stream starts with the current state, which is often the last one of the previous stream.
          if (text !== last) {
            attempt = 0;
            last = text;
            yield asset;
          }
          if (asset.isFinal) return;
        }
      } catch (error) {
        if (last === '' || !isTemporary(error)) throw error;
        this.logger.warn({ err: error }, 'asset stream failed, retry scheduled');
      }
      attempt += 1;
      await sleep(retryDelayMs(attempt, RETRY_BASE_MS, RETRY_CAP_MS), signal);
    }
  }
}
