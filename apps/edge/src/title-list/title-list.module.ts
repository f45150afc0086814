import { Module } from '@nestjs/common';
import { TitleListController } from './title-list.controller.js';

@Module({ controllers: [TitleListController] })
export class TitleListModule {}
