import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SecurityEventCleanup } from './security-event-cleanup.js';
import { SecurityEventController } from './security-event.controller.js';
import { SecurityEventEntity } from './security-event.entity.js';
import { SecurityEventRepository } from './security-event.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([SecurityEventEntity])],
  controllers: [SecurityEventController],
  providers: [SecurityEventRepository, SecurityEventCleanup],
  exports: [SecurityEventRepository],
})
export class SecurityEventModule {}
