import { Module } from '@nestjs/common';
import { DeletionController } from './deletion.controller.js';

@Module({ controllers: [DeletionController] })
export class DeletionModule {}
