import { Module } from '@nestjs/common';
import { DeadLetterController } from './dead-letter.controller.js';

@Module({ controllers: [DeadLetterController] })
export class DeadLetterModule {}
