import { Module } from '@nestjs/common';
import { SecurityEventController } from './security-event.controller.js';

@Module({ controllers: [SecurityEventController] })
export class SecurityEventModule {}
