import { Module } from '@nestjs/common';
import { TitleEditingController } from './title-editing.controller.js';

@Module({ controllers: [TitleEditingController] })
export class TitleEditingModule {}
