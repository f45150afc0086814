import { Injectable } from '@nestjs/common';
import { ObjectStore } from '@viernes/storage';

/** Deletes the bytes under a key: the parts of unfinished uploads, and the object. */
@Injectable()
export class StoredBytes {
  constructor(private readonly objects: ObjectStore) {}

  /** Idempotent. Deletes the parts first, so that no concurrent call can join them afterwards. */
  async delete(objectKey: string): Promise<void> {
    // Lists instead of using the stored ID: a process can crash between opening a multipart upload and storing its ID.
    for (const multipartId of await this.objects.listMultiparts(objectKey)) {
      await this.objects.abortMultipart(objectKey, multipartId);
    }
    await this.objects.delete(objectKey);
  }
}
