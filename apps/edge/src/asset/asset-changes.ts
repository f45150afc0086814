import { Inject, Injectable, Logger } from '@nestjs/common';
import { CodedError, ERRORS } from '@viernes/contracts';
import { sleep, retryDelayMs } from '@viernes/platform';
import { required } from '../upstream/required.js';
import { VIDEO, type VideoClient } from '../upstream/upstream.js';
import { toAssetResponse } from './asset.response.js';
import type { AssetResponse } from './asset.operations.js';

/** Longest wait between two tries to subscribe while video is away; the first is short: a pod was renewed. */
const RETRY_BASE_MS = 200;
const RETRY_CAP_MS = 3_000;

/** One asset's states, over as many gRPC streams as it takes. */
@Injectable()
export class AssetChanges {
  private readonly logger = new Logger(AssetChanges.name);

  constructor(@Inject(VIDEO) private readonly video: VideoClient) {}

  /**
   * The asset now and after each change, ending once it is ready or failed. Must be read in the call's context.
   *
   * @param signal ends it, and the stream to video with it
   * @throws CodedError where subscribing again cannot help: ASSET_NOT_FOUND; or before the first state
   */
  async *watch(assetId: string, signal: AbortSignal): AsyncGenerator<AssetResponse> {
    let last = '';
    let attempt = 0;
    while (!signal.aborted) {
      try {
        for await (const change of this.video.watchAsset({ assetId }, { signal })) {
          attempt = 0;
          const asset = toAssetResponse(required(change.asset, 'asset'));
          const text = JSON.stringify(asset);
          // A fresh stream starts with the state that the one before it ended with.
          if (text !== last) yield asset;
          last = text;
          if (asset.state === 'ready' || asset.state === 'failed') return;
        }
      } catch (error) {
        if (last === '' || !mayPass(error)) throw error;
        this.logger.warn({ err: error }, 'asset stream broke, subscribing again');
      }
      attempt += 1;
      await sleep(retryDelayMs(attempt, RETRY_BASE_MS, RETRY_CAP_MS), signal);
    }
  }
}

/** A service that dies in the middle of a stream shows as CANCELLED or as an unnamed INTERNAL as well. */
function mayPass(error: unknown): boolean {
  return error instanceof CodedError && (ERRORS[error.code].retry === 'later' || error.code === 'INTERNAL');
}
