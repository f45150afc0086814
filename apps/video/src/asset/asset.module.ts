import { Module } from '@nestjs/common';
import { AssetRepository } from './asset.repository.js';
import { RenditionRepository } from './rendition.repository.js';

/** The tables of assets and renditions. Depends on no other feature. */
@Module({
  providers: [AssetRepository, RenditionRepository],
  exports: [AssetRepository, RenditionRepository],
})
export class AssetModule {}
