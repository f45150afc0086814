import { Module } from '@nestjs/common';
import { MediaProxy } from './media-proxy.js';
import { PlaybackController } from './playback.controller.js';

@Module({ controllers: [PlaybackController], providers: [MediaProxy] })
export class PlaybackModule {}
