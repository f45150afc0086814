import { Module } from '@nestjs/common';
import { ContinueWatching } from './continue-watching.js';
import { ProfileController } from './profile.controller.js';
import { WatchedTitles } from './watched-titles.js';

@Module({
  controllers: [ProfileController],
  providers: [ContinueWatching, WatchedTitles],
  exports: [ContinueWatching, WatchedTitles],
})
export class ProfileModule {}
