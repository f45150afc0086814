import { Module } from '@nestjs/common';
import { TitleImportController } from './title-import.controller.js';

@Module({ controllers: [TitleImportController] })
export class TitleImportModule {}
