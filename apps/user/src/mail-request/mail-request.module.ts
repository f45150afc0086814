import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailRequestEntity } from './mail-request.entity.js';
import { MailRequestRepository } from './mail-request.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([MailRequestEntity])],
  providers: [MailRequestRepository],
  exports: [MailRequestRepository],
})
export class MailRequestModule {}
