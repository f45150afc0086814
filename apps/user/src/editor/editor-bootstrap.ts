import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Database } from '@viernes/database';
import { PeriodicTasks, Readiness } from '@viernes/platform';
import { DEFAULT_LANGUAGE } from '@viernes/translations';
import { AccountRepository } from '../account/account.repository.js';
import { CreateAccount } from '../account/create-account.service.js';
import { EDITOR_CONFIG, type EditorConfig } from './editor.config.js';

const CHECK_INTERVAL_MS = 60 * 60_000;

/** Creates the editor account of the settings once. On several replicas the unique email lets one of them succeed. */
@Injectable()
export class EditorBootstrap implements OnModuleInit {
  private readonly logger = new Logger(EditorBootstrap.name);
  private isDone = false;

  constructor(
    @Inject(EDITOR_CONFIG) private readonly config: EditorConfig,
    private readonly accounts: AccountRepository,
    private readonly createAccount: CreateAccount,
    private readonly database: Database,
    private readonly readiness: Readiness,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    const { EDITOR_EMAIL: email, EDITOR_PASSWORD: password } = this.config;
    if (email === undefined || password === undefined) return;
    this.readiness.add('editor account', () => this.isDone || 'not created yet');
    this.tasks.add({
      name: 'editor bootstrap',
      intervalMs: CHECK_INTERVAL_MS,
      run: async () => {
        // A periodic task retries failures. After the first success nothing remains to be done.
        if (this.isDone) return;
        await this.database.whenReady();
        await this.create(email, password);
        this.isDone = true;
      },
    });
  }

  private async create(email: string, password: string): Promise<void> {
    const existing = await this.accounts.findCredentials({ email });
    if (existing) {
      // A setting must not grant rights to the owner of an existing account.
      if (existing.account.role !== 'editor') this.logger.warn('the account of EDITOR_EMAIL is not an editor');
      return;
    }
    try {
      await this.createAccount.run({ email, password, profileName: 'Editor', language: DEFAULT_LANGUAGE }, 'editor');
      this.logger.log('editor account created');
    } catch (error) {
      const isCreatedByReplica = error instanceof CodedError && error.code === 'EMAIL_TAKEN';
      if (!isCreatedByReplica) throw error;
    }
  }
}
