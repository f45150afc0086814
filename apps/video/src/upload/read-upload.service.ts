import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { ObjectStore, type StoredPart } from '@viernes/storage';
import type { Upload } from './upload.js';
import { UploadRepository } from './upload.repository.js';

export interface UploadWithParts {
  readonly upload: Upload;
  readonly uploadedParts: readonly StoredPart[];
}

@Injectable()
export class ReadUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
  ) {}

  async run(accountId: string, uploadId: string): Promise<UploadWithParts> {
    return this.withParts(await this.transactions.run((tx) => this.uploads.get(tx, uploadId, accountId)));
  }

  /** With the parts that the store has, while it is open: a client that resumes sends the others. */
  async withParts(upload: Upload): Promise<UploadWithParts> {
    const isOpen = upload.state === 'open' && upload.multipartId !== null;
    const uploadedParts = isOpen ? await this.objects.listParts(upload.objectKey, upload.multipartId ?? '') : [];
    return { upload, uploadedParts: uploadedParts ?? [] };
  }
}
