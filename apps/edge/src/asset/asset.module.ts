import { Module } from '@nestjs/common';
import { AssetChanges } from './asset-changes.js';
import { AssetController } from './asset.controller.js';

@Module({ controllers: [AssetController], providers: [AssetChanges] })
export class AssetModule {}
