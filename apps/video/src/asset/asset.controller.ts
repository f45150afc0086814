import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Access, parseRequest, Shutdown } from '@viernes/platform';
import { Observable } from 'rxjs';
import { z } from 'zod';
import { AssetViewRepository } from './asset-view.repository.js';
import { toAssetMessage } from './asset-view.js';
import { WatchAsset } from './watch-asset.service.js';

const AssetRequest = z.object({ assetId: z.guid() });

/** How a film is made concerns editors, any of them. */
@Controller()
export class AssetController {
  constructor(
    private readonly views: AssetViewRepository,
    private readonly watchAsset: WatchAsset,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
  ) {}

  @GrpcMethod('VideoService', 'getAsset')
  @Access('editor')
  async get(request: videoV1.GetAssetRequest): Promise<videoV1.GetAssetResponse> {
    const { assetId } = parseRequest(AssetRequest, request);
    const view = await this.transactions.run((tx) => this.views.get(tx, assetId));
    return { asset: toAssetMessage(view) };
  }

  @GrpcMethod('VideoService', 'watchAsset')
  @Access('editor')
  watch(request: videoV1.WatchAssetRequest): Observable<videoV1.WatchAssetResponse> {
    const { assetId } = parseRequest(AssetRequest, request);
    return new Observable((subscriber) => {
      const gone = new AbortController();
      const signal = AbortSignal.any([gone.signal, this.shutdown.signal]);
      const send = async (): Promise<void> => {
        for await (const view of this.watchAsset.run(assetId, signal)) subscriber.next({ asset: toAssetMessage(view) });
      };
      send().then(
        () => subscriber.complete(),
        (error: unknown) => subscriber.error(error),
      );
      return () => gone.abort();
    });
  }
}
