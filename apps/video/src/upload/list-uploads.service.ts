import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { ReadUpload, type UploadWithParts } from './read-upload.service.js';
import { UploadRepository } from './upload.repository.js';

const MOST_UPLOADS = 10;

@Injectable()
export class ListUploads {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly readUpload: ReadUpload,
    private readonly transactions: Transactions,
  ) {}

  /** An account's uploads for one title, the latest first, as ReadUpload answers each. */
  async run(accountId: string, titleId: string): Promise<readonly UploadWithParts[]> {
    const uploads = await this.transactions.run((tx) =>
      this.uploads.listOfTitle(tx, { accountId, titleId }, MOST_UPLOADS),
    );
    return Promise.all(uploads.map((upload) => this.readUpload.withParts(upload)));
  }
}
