import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailLinkCleanup } from './mail-link-cleanup.js';
import { MailLinkEntity } from './mail-link.entity.js';
import { MailLinkRepository } from './mail-link.repository.js';
import { MailLinks } from './mail-links.js';

/** Uses the global MailModule. */
@Module({
  imports: [TypeOrmModule.forFeature([MailLinkEntity])],
  providers: [MailLinkRepository, MailLinks, MailLinkCleanup],
  exports: [MailLinks],
})
export class MailLinkModule {}
