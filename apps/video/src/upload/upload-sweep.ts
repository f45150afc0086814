import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { ObjectStore } from '@viernes/storage';
import { inTurn } from '../background/in-turn.js';
import { Sweeps } from '../background/sweeps.js';
import { UploadRepository, type SweepableUpload } from './upload.repository.js';

const BATCH = 100;

/** Closes uploads whose time is over, and deletes the bytes of all that came to nothing. */
@Injectable()
export class UploadSweep implements OnModuleInit {
  constructor(
    private readonly sweeps: Sweeps,
    private readonly uploads: UploadRepository,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('closed uploads', () => this.run());
  }

  private async run(): Promise<void> {
    await this.transactions.run((tx) => this.uploads.expireOverdue(tx));
    const closed = await this.transactions.run((tx) => this.uploads.listSweepable(tx, BATCH));
    await inTurn(closed, async (upload) => {
      await this.deleteBytes(upload);
      await this.transactions.run((tx) => this.uploads.markSwept(tx, upload.id));
    });
  }

  private async deleteBytes({ objectKey }: SweepableUpload): Promise<void> {
    // Asked for, not remembered: a process may have died between opening it and writing its id down.
    for (const multipartId of await this.objects.listMultiparts(objectKey)) {
      await this.objects.abortMultipart(objectKey, multipartId);
    }
    await this.objects.delete(objectKey);
  }
}
