import { Module } from '@nestjs/common';
import { AccountAdminController } from './account-admin.controller.js';

@Module({ controllers: [AccountAdminController] })
export class AccountAdminModule {}
