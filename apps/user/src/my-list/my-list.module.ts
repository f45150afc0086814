import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfileModule } from '../profile/profile.module.js';
import { MyListEntryEntity } from './my-list-entry.entity.js';
import { MyListController } from './my-list.controller.js';
import { MyListRepository } from './my-list.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([MyListEntryEntity]), ProfileModule],
  controllers: [MyListController],
  providers: [MyListRepository],
})
export class MyListModule {}
