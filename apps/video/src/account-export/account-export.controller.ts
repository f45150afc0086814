import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Access, assertUnlimitedProfile, CurrentCaller, type Caller } from '@viernes/platform';
import { PlaybackSessionRepository } from '../playback/playback-session.repository.js';
import { UploadRepository } from '../upload/upload.repository.js';

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
      uploads: await this.uploads.listOfAccount(tx, caller.accountId),
      playbackSessions: await this.sessions.listOfAccount(tx, caller.accountId),
    }));
    return { dataJson: JSON.stringify(data) };
  }
}
