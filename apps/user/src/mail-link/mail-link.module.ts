import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailLinkEntity } from './mail-link.entity.js';
import { MailLinkRepository } from './mail-link.repository.js';
import { MailLinks } from './mail-links.js';

/** Uses the global MailModule. */
@Module({
  imports: [TypeOrmModule.forFeature([MailLinkEntity])],
  providers: [MailLinkRepository, MailLinks],
  exports: [MailLinks],
})
export class MailLinkModule {}
