import { Module } from '@nestjs/common';
import { DeletionController } from './deletion.controller.js';
import { DeletionRepository } from './deletion.repository.js';

@Module({ controllers: [DeletionController], providers: [DeletionRepository] })
export class DeletionModule {}
