import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { ObjectStore } from '@viernes/storage';
import { withUploadedParts, type UploadWithParts } from './get-upload.service.js';
import { UploadRepository } from './upload.repository.js';

const MAX_UPLOADS = 10;

@Injectable()
export class ListUploads {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
  ) {}

  /** Returns an account's uploads for one title, newest first. */
  async run(accountId: string, titleId: string): Promise<readonly UploadWithParts[]> {
    const uploads = await this.transactions.run((tx) =>
      this.uploads.listByTitle(tx, { accountId, titleId }, MAX_UPLOADS),
    );
    return Promise.all(uploads.map((upload) => withUploadedParts(upload, this.objects)));
  }
}
