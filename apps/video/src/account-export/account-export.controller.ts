import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { videoV1 } from '@viernes/contracts';
import { exportedTable, ExportPageRequest, readExportPage, Transactions, type ExportedTable } from '@viernes/database';
import { Access, assertUnlimitedProfile, CurrentCaller, type Caller } from '@viernes/platform';
import { PartyParticipantEntity } from '../party/party-participant.entity.js';
import { PartyTextEntity } from '../party/party-text.entity.js';
import { PartyEntity } from '../party/party.entity.js';
import { PlaybackSessionEntity } from '../playback/playback-session.entity.js';
import { UploadEntity } from '../upload/upload.entity.js';

@Controller()
export class AccountExportController {
  constructor(private readonly transactions: Transactions) {}

  @GrpcMethod('VideoService', 'exportAccount')
  @Access('account')
  async exportAccount(
    @Payload({ schema: ExportPageRequest }) { cursor }: ExportPageRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<videoV1.ExportAccountResponse> {
    assertUnlimitedProfile(caller);
    const { lists, nextCursor } = await this.transactions.run((tx) =>
      readExportPage(tx, tablesOf(caller.accountId), cursor),
    );
    return { dataJson: JSON.stringify(lists), nextCursor };
  }
}

/** Lists the tables of an account. Omits the hashes of tokens and the keys of objects. */
function tablesOf(accountId: string): ExportedTable[] {
  return [
    exportedTable(
      'uploads',
      UploadEntity,
      { accountId },
      ({ objectKey: _key, multipartId: _id, partSizeBytes: _size, partCount: _count, ...upload }) => upload,
    ),
    exportedTable('playbackSessions', PlaybackSessionEntity, { accountId }, ({ tokenHash: _, ...session }) => session),
    exportedTable('parties', PartyEntity, { accountId }, ({ codeHash: _, ...party }) => party),
    exportedTable('partyParticipants', PartyParticipantEntity, { accountId }),
    exportedTable('partyTexts', PartyTextEntity, { accountId }),
  ];
}
