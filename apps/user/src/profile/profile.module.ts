import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfileController } from './profile.controller.js';
import { ProfileEntity } from './profile.entity.js';
import { ProfileRepository } from './profile.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([ProfileEntity])],
  controllers: [ProfileController],
  providers: [ProfileRepository],
  exports: [ProfileRepository],
})
export class ProfileModule {}
