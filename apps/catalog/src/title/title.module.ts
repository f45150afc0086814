import { Module } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { TitleController } from './title.controller.js';
import { TitleRepository } from './title.repository.js';

@Module({ controllers: [TitleController], providers: [ReadCoalescer, TitleRepository], exports: [TitleRepository] })
export class TitleModule {}
