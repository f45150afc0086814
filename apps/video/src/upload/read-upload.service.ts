import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { ObjectStore, type StoredPart } from '@viernes/storage';
import type { Upload } from './upload.js';
import { UploadRepository } from './upload.repository.js';

@Injectable()
export class ReadUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
  ) {}

  /** With the parts that the store has, while it is open: a client that resumes sends the others. */
  async run(
    accountId: string,
    uploadId: string,
  ): Promise<{ readonly upload: Upload; readonly uploadedParts: readonly StoredPart[] }> {
    const upload = await this.transactions.run((tx) => this.uploads.get(tx, uploadId, accountId));
    const isOpen = upload.state === 'open' && upload.multipartId !== null;
    const uploadedParts = isOpen ? await this.objects.listParts(upload.objectKey, upload.multipartId ?? '') : [];
    return { upload, uploadedParts: uploadedParts ?? [] };
  }
}
