import { Module } from '@nestjs/common';
import { TitleController } from './title.controller.js';

@Module({ controllers: [TitleController] })
export class TitleModule {}
