import { Module } from '@nestjs/common';
import { MediaProxy } from './media-proxy.js';
import { NextEpisode } from './next-episode.js';
import { PlaybackController } from './playback.controller.js';

@Module({ controllers: [PlaybackController], providers: [MediaProxy, NextEpisode] })
export class PlaybackModule {}
