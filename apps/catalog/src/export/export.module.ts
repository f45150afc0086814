import { Module } from '@nestjs/common';
import { ExportController } from './export.controller.js';
import { ExportedTitleRepository } from './exported-title.repository.js';

@Module({ controllers: [ExportController], providers: [ExportedTitleRepository] })
export class ExportModule {}
