import { Module } from '@nestjs/common';
import { PublicationRepository } from './publication.repository.js';

@Module({ providers: [PublicationRepository], exports: [PublicationRepository] })
export class PublicationModule {}
