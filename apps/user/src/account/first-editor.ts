import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Database } from '@viernes/database';
import { sleep, Readiness, retryDelayMs, Shutdown } from '@viernes/platform';
import { AccountRepository } from './account.repository.js';
import { CreateAccount } from './create-account.service.js';

export interface EditorSettings {
  readonly email: string;
  readonly password: string;
}

export const EDITOR_SETTINGS = Symbol('EDITOR_SETTINGS');

/** Makes the editor of the settings once the database is there. Every replica tries; the unique email lets one win. */
@Injectable()
export class FirstEditor implements OnApplicationBootstrap {
  private readonly logger = new Logger(FirstEditor.name);
  private isThere = false;

  constructor(
    @Inject(EDITOR_SETTINGS) private readonly settings: EditorSettings | undefined,
    private readonly accounts: AccountRepository,
    private readonly createAccount: CreateAccount,
    private readonly database: Database,
    private readonly readiness: Readiness,
    private readonly shutdown: Shutdown,
  ) {}

  onApplicationBootstrap(): void {
    const { settings } = this;
    if (!settings) return;
    this.readiness.add('editor account', () => this.isThere || 'not made yet');
    void this.makeUntilThere(settings);
  }

  private async makeUntilThere(settings: EditorSettings): Promise<void> {
    const { signal } = this.shutdown;
    // Rejects where the process stops before its database came: nothing is to be made then.
    await this.database.whenReady().catch(() => undefined);
    for (let attempt = 1; !this.isThere && !signal.aborted; attempt += 1) {
      try {
        await this.make(settings);
        this.isThere = true;
      } catch (error) {
        this.logger.warn('the editor account could not be made, trying again', error);
        await sleep(retryDelayMs(attempt), signal);
      }
    }
  }

  private async make({ email, password }: EditorSettings): Promise<void> {
    const existing = await this.accounts.findByEmail(email);
    if (existing) {
      // Whoever signed up first with this address keeps the role they have: a setting must not hand out rights.
      if (existing.role !== 'editor') this.logger.warn('the account of EDITOR_EMAIL exists and is no editor');
      return;
    }
    try {
      await this.createAccount.run({ email, password, profileName: 'Editor' }, 'editor');
      this.logger.log('made the editor account');
    } catch (error) {
      if (!(error instanceof CodedError && error.code === 'EMAIL_TAKEN')) throw error;
    }
  }
}
