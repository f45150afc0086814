import { Module } from '@nestjs/common';
import { ContinueWatching } from './continue-watching.js';
import { ProfileController } from './profile.controller.js';

@Module({ controllers: [ProfileController], providers: [ContinueWatching], exports: [ContinueWatching] })
export class ProfileModule {}
