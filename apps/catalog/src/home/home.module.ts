import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TitleEntity } from '../title/title.entity.js';
import { HomeController } from './home.controller.js';
import { HomeRepository } from './home.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([TitleEntity])],
  controllers: [HomeController],
  providers: [HomeRepository],
})
export class HomeModule {}
