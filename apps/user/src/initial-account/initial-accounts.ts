import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { InjectRepository } from '@nestjs/typeorm';
import { Database } from '@viernes/database';
import { PeriodicTasks, Readiness } from '@viernes/platform';
import { DEFAULT_LANGUAGE } from '@viernes/translations';
import { Repository } from 'typeorm';
import { hashEmail } from '../account-lock/account-lock.js';
import { AccountRepository } from '../account/account.repository.js';
import { CreateAccount } from '../account/create-account.service.js';
import { INITIAL_ACCOUNTS, type InitialAccount } from './initial-account.config.js';
import { InitialAccountEntity } from './initial-account.entity.js';

const CHECK_INTERVAL_MS = 60 * 60_000;

/** Creates each account of the settings once. On several replicas the unique email lets one of them succeed. */
@Injectable()
export class InitialAccounts implements OnModuleInit {
  private readonly logger = new Logger(InitialAccounts.name);
  private isDone = false;

  constructor(
    @Inject(INITIAL_ACCOUNTS) private readonly wanted: readonly InitialAccount[],
    @InjectRepository(InitialAccountEntity) private readonly created: Repository<InitialAccountEntity>,
    private readonly accounts: AccountRepository,
    private readonly createAccount: CreateAccount,
    private readonly database: Database,
    private readonly readiness: Readiness,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    if (this.wanted.length === 0) return;
    this.readiness.add('initial accounts', () => this.isDone || 'not created yet');
    this.tasks.add({
      name: 'initial accounts',
      intervalMs: CHECK_INTERVAL_MS,
      run: async () => {
        // A periodic task retries failures. After the first success nothing remains to be done.
        if (this.isDone) return;
        await this.database.whenReady();
        for (const account of this.wanted) await this.createOnce(account);
        this.isDone = true;
      },
    });
  }

  private async createOnce(account: InitialAccount): Promise<void> {
    const key = { emailHash: hashEmail(account.email) };
    // The account was created before. It can have been deleted, or have another email now.
    if (await this.created.existsBy(key)) return;
    await this.create(account);
    await this.created.createQueryBuilder().insert().values(key).orIgnore().execute();
  }

  private async create({ role, email, password }: InitialAccount): Promise<void> {
    const existing = await this.accounts.findCredentials({ email });
    if (existing) {
      // A setting must not grant rights to the owner of an existing account.
      if (existing.account.role !== role) this.logger.warn({ role }, 'initial account has another role');
      return;
    }
    // The settings name the first admin only. Admins assign the role to others.
    if (role === 'admin' && (await this.accounts.hasAdmin())) return;
    try {
      const profileName = role === 'admin' ? 'Admin' : 'Editor';
      await this.createAccount.run({ email, password, profileName, language: DEFAULT_LANGUAGE }, role);
      this.logger.log({ role }, 'initial account created');
    } catch (error) {
      const isCreatedByReplica = error instanceof CodedError && error.code === 'EMAIL_TAKEN';
      if (!isCreatedByReplica) throw error;
    }
  }
}
