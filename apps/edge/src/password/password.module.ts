import { Module } from '@nestjs/common';
import { PasswordController } from './password.controller.js';

@Module({ controllers: [PasswordController] })
export class PasswordModule {}
