import { Module } from '@nestjs/common';
import { TitleFacetsController } from './title-facets.controller.js';

@Module({ controllers: [TitleFacetsController] })
export class TitleFacetsModule {}
