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
export class GetUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly objects: ObjectStore,
    private readonly transactions: Transactions,
  ) {}

  /** @throws CodedError UPLOAD_NOT_FOUND */
  async run(accountId: string, uploadId: string): Promise<UploadWithParts> {
    const upload = await this.transactions.run((tx) => this.uploads.get(tx, uploadId, accountId));
    return withUploadedParts(upload, this.objects);
  }
}

/** Adds the parts that object storage has received, so that a client can resume. A closed upload has none. */
export async function withUploadedParts(upload: Upload, objects: ObjectStore): Promise<UploadWithParts> {
  const { state, objectKey, multipartId } = upload;
  const isOpen = state === 'open' && multipartId !== null;
  const uploadedParts = isOpen ? await objects.listParts(objectKey, multipartId) : [];
  return { upload, uploadedParts: uploadedParts ?? [] };
}
