import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { PLAN_NAME, type userV1 } from '@viernes/contracts';
import { Access, CurrentCaller, pageSize, ROLES, uuid, type Caller } from '@viernes/platform';
import { z } from 'zod';
import { toAccountMessage } from '../account/account.message.js';
import { AccountRepository } from '../account/account.repository.js';
import { protobufEnum } from '../protobuf-enum.js';
import { ChangePlan } from './change-plan.service.js';
import { ChangeRole } from './change-role.service.js';

const ListAccountsRequest = z.object({
  emailPrefix: z
    .string()
    .max(254)
    .transform((text) => text.trim().toLowerCase()),
  pageSize: pageSize(20, 100),
  cursor: z.string().max(200),
});

type ListAccountsRequest = z.infer<typeof ListAccountsRequest>;

const ChangeRoleRequest = z.object({ accountId: uuid, role: protobufEnum(ROLES) });

type ChangeRoleRequest = z.infer<typeof ChangeRoleRequest>;

const ChangePlanRequest = z.object({ accountId: uuid, plan: z.string().regex(PLAN_NAME) });

type ChangePlanRequest = z.infer<typeof ChangePlanRequest>;

@Controller()
@Access('admin')
export class AccountAdminController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly roleChange: ChangeRole,
    private readonly planChange: ChangePlan,
  ) {}

  @GrpcMethod('UserService', 'listAccounts')
  async listAccounts(
    @Payload({ schema: ListAccountsRequest }) { emailPrefix, pageSize: size, cursor }: ListAccountsRequest,
  ): Promise<userV1.ListAccountsResponse> {
    const { accounts, nextCursor } = await this.accounts.listPage(emailPrefix, cursor, size);
    return { accounts: accounts.map(toAccountMessage), nextCursor };
  }

  @GrpcMethod('UserService', 'changeRole')
  async changeRole(
    @Payload({ schema: ChangeRoleRequest }) { accountId, role }: ChangeRoleRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.ChangeRoleResponse> {
    const { account, endedSessionIds } = await this.roleChange.run(caller, accountId, role);
    return { account: toAccountMessage(account), endedSessionIds };
  }

  @GrpcMethod('UserService', 'changePlan')
  async changePlan(
    @Payload({ schema: ChangePlanRequest }) { accountId, plan }: ChangePlanRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.ChangePlanResponse> {
    return { account: toAccountMessage(await this.planChange.run(caller, accountId, plan)) };
  }
}
