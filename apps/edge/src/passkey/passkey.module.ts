import { Module } from '@nestjs/common';
import { PasskeyController } from './passkey.controller.js';

@Module({ controllers: [PasskeyController] })
export class PasskeyModule {}
