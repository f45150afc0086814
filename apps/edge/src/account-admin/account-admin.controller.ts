import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, RevokedSessions, type InputOf, type ResponseOf } from '@viernes/gateway';
import { ROLES } from '@viernes/platform';
import { toAccountResponse } from '../account/account.response.js';
import { required } from '../upstream/required.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import { changeRole, listAccounts } from './account-admin.operations.js';

@Controller()
export class AccountAdminController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    private readonly revoked: RevokedSessions,
  ) {}

  @Handles(listAccounts)
  async list(@Input(listAccounts) { query }: InputOf<typeof listAccounts>): Promise<ResponseOf<typeof listAccounts>> {
    const { email: emailPrefix = '', pageSize = 0, cursor = '' } = query;
    const { accounts, nextCursor } = await this.user.listAccounts({ emailPrefix, pageSize, cursor });
    return { accounts: accounts.map(toAccountResponse), nextCursor: nextCursor || null };
  }

  @Handles(changeRole)
  async changeRole(
    @Input(changeRole) { params, body }: InputOf<typeof changeRole>,
  ): Promise<ResponseOf<typeof changeRole>> {
    const role = ROLES.indexOf(body.role) + 1;
    const { account, endedSessionIds } = await this.user.changeRole({ accountId: params.id, role });
    await this.revoked.addAll(endedSessionIds);
    return toAccountResponse(required(account, 'account'));
  }
}
