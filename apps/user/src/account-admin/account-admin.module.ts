import { Module } from '@nestjs/common';
import { AccountModule } from '../account/account.module.js';
import { ApiKeyModule } from '../api-key/api-key.module.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { SessionModule } from '../session/session.module.js';
import { AccountAdminController } from './account-admin.controller.js';
import { ChangePlan } from './change-plan.service.js';
import { ChangeRole } from './change-role.service.js';

@Module({
  imports: [AccountModule, ApiKeyModule, SecurityEventModule, SessionModule],
  controllers: [AccountAdminController],
  providers: [ChangePlan, ChangeRole],
})
export class AccountAdminModule {}
