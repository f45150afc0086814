import { Module } from '@nestjs/common';
import { NextEpisode } from '../playback/next-episode.js';
import { PartyController } from './party.controller.js';

@Module({ controllers: [PartyController], providers: [NextEpisode] })
export class PartyModule {}
