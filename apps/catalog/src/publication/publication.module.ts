import { Module } from '@nestjs/common';
import { MakeTitlePlayable } from './make-title-playable.handler.js';
import { PublicationRepository } from './publication.repository.js';

@Module({ providers: [PublicationRepository, MakeTitlePlayable], exports: [PublicationRepository] })
export class PublicationModule {}
