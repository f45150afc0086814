import { Module } from '@nestjs/common';
import { AssetViewRepository } from './asset-view.repository.js';
import { AssetController } from './asset.controller.js';
import { AssetRepository } from './asset.repository.js';
import { RenditionRepository } from './rendition.repository.js';
import { WatchAsset } from './watch-asset.service.js';

@Module({
  controllers: [AssetController],
  providers: [AssetRepository, AssetViewRepository, RenditionRepository, WatchAsset],
  exports: [AssetRepository, AssetViewRepository, RenditionRepository],
})
export class AssetModule {}
