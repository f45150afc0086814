import { Module } from '@nestjs/common';
import { RelatedController } from './related.controller.js';

@Module({ controllers: [RelatedController] })
export class RelatedModule {}
