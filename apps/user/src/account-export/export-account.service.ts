import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { toExportJson } from '@viernes/platform';
import { CheckPassword } from '../account/check-password.service.js';
import { SecurityEventRepository } from '../security-event/security-event.repository.js';
import { AccountDataRepository, MAX_ROWS } from './account-data.repository.js';

@Injectable()
export class ExportAccount {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly data: AccountDataRepository,
    private readonly events: SecurityEventRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Returns the data of an account as JSON, and records the download, which contains what profiles with a PIN have watched.
   *
   * @throws CodedError PASSWORD_WRONG, OVERLOADED
   */
  async run(accountId: string, password: string): Promise<string> {
    const owner = await this.checkPassword.run({ id: accountId }, password);
    if (!owner) throw new CodedError('PASSWORD_WRONG');
    const data = await this.transactions.run(async (tx) => {
      await this.events.insert(tx, { kind: 'dataExported', accountId });
      return this.data.read(tx, accountId);
    });
    return toExportJson(data, MAX_ROWS);
  }
}
