import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AddUsage } from './add-usage.handler.js';
import { UsageHourEntity } from './usage-hour.entity.js';
import { UsageReportRepository } from './usage-report.repository.js';
import { UsageController } from './usage.controller.js';
import { UsageRepository } from './usage.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([UsageHourEntity])],
  controllers: [UsageController],
  providers: [AddUsage, UsageRepository, UsageReportRepository],
  exports: [UsageRepository],
})
export class UsageModule {}
