import { Module } from '@nestjs/common';
import { AccountDeletionController } from './account-deletion.controller.js';

@Module({ controllers: [AccountDeletionController] })
export class AccountDeletionModule {}
