import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Access, assertUnlimitedProfile, CurrentCaller, toExportJson, type Caller } from '@viernes/platform';
import { PlaybackSessionRepository } from '../playback/playback-session.repository.js';
import { UploadRepository } from '../upload/upload.repository.js';

/** The newest rows of each list are exported. */
const MAX_ROWS = 5_000;

@Controller()
export class AccountExportController {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly sessions: PlaybackSessionRepository,
    private readonly transactions: Transactions,
  ) {}

  @GrpcMethod('VideoService', 'exportAccount')
  @Access('account')
  async exportAccount(@CurrentCaller() caller: Caller): Promise<videoV1.ExportAccountResponse> {
    assertUnlimitedProfile(caller);
    const data = await this.transactions.run(async (tx) => ({
      uploads: await this.uploads.listOfAccount(tx, caller.accountId, MAX_ROWS + 1),
      playbackSessions: await this.sessions.listOfAccount(tx, caller.accountId, MAX_ROWS + 1),
    }));
    return { dataJson: toExportJson(data, MAX_ROWS) };
  }
}
