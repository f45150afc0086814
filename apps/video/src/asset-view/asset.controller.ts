import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Access, CallSignal, Shutdown, uuid } from '@viernes/platform';
import { from, map, type Observable } from 'rxjs';
import { z } from 'zod';
import { AssetViewRepository } from './asset-view.repository.js';
import { toAssetMessage } from './asset.message.js';
import { WatchAsset } from './watch-asset.service.js';

const AssetRequest = z.object({ assetId: uuid });
type AssetRequest = z.infer<typeof AssetRequest>;

/** Any editor can read any asset. */
@Controller()
@Access('editor')
export class AssetController {
  constructor(
    private readonly views: AssetViewRepository,
    private readonly watch: WatchAsset,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
  ) {}

  @GrpcMethod('VideoService', 'getAsset')
  async getAsset(@Payload({ schema: AssetRequest }) { assetId }: AssetRequest): Promise<videoV1.GetAssetResponse> {
    const asset = await this.transactions.run((tx) => this.views.get(tx, assetId));
    return { asset: toAssetMessage(asset) };
  }

  @GrpcMethod('VideoService', 'watchAsset')
  watchAsset(
    @Payload({ schema: AssetRequest }) { assetId }: AssetRequest,
    @CallSignal() cancelled: AbortSignal,
  ): Observable<videoV1.WatchAssetResponse> {
    const signal = AbortSignal.any([cancelled, this.shutdown.signal]);
    return from(this.watch.run(assetId, signal)).pipe(map((asset) => ({ asset: toAssetMessage(asset) })));
  }
}
