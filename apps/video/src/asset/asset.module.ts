import { Module } from '@nestjs/common';
import { AssetChangePublisher } from './asset-change-publisher.js';
import { AssetRepository } from './asset.repository.js';
import { RenditionRepository } from './rendition.repository.js';

/** The tables of assets and renditions. Depends on no other feature. */
@Module({
  providers: [AssetChangePublisher, AssetRepository, RenditionRepository],
  exports: [AssetChangePublisher, AssetRepository, RenditionRepository],
})
export class AssetModule {}
