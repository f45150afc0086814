import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SecurityEventController } from './security-event.controller.js';
import { SecurityEventEntity } from './security-event.entity.js';
import { SecurityEventRepository } from './security-event.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([SecurityEventEntity])],
  controllers: [SecurityEventController],
  providers: [SecurityEventRepository],
  exports: [SecurityEventRepository],
})
export class SecurityEventModule {}
