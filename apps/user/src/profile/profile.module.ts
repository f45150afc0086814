import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfileController } from './profile.controller.js';
import { ProfileEntity } from './profile.entity.js';
import { ProfileRepository } from './profile.repository.js';
import { SelectedProfileEntity } from './selected-profile.entity.js';
import { SelectedProfileRepository } from './selected-profile.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([ProfileEntity, SelectedProfileEntity])],
  controllers: [ProfileController],
  providers: [ProfileRepository, SelectedProfileRepository],
  exports: [ProfileRepository, SelectedProfileRepository],
})
export class ProfileModule {}
