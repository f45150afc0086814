import { Module } from '@nestjs/common';
import { TitleExportController } from './title-export.controller.js';

@Module({ controllers: [TitleExportController] })
export class TitleExportModule {}
