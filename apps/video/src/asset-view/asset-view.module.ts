import { Module } from '@nestjs/common';
import { AssetModule } from '../asset/asset.module.js';
import { AssetViewRepository } from './asset-view.repository.js';
import { AssetController } from './asset.controller.js';
import { WatchAsset } from './watch-asset.service.js';

/** Assets with the progress of their jobs. */
@Module({
  imports: [AssetModule],
  controllers: [AssetController],
  providers: [AssetViewRepository, WatchAsset],
  exports: [AssetViewRepository],
})
export class AssetViewModule {}
