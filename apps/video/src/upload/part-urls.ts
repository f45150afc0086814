import { Inject, Injectable } from '@nestjs/common';
import { ObjectStore } from '@viernes/storage';
import { UPLOAD_CONFIG, type UploadConfig } from './upload.config.js';
import { partSizeBytes, type OpenUpload } from './upload.js';

/** Presigns the parts of an upload. */
@Injectable()
export class PartUrls {
  constructor(
    private readonly objects: ObjectStore,
    @Inject(UPLOAD_CONFIG) private readonly config: UploadConfig,
  ) {}

  /** Returns PART_URL_TTL_SECONDS, or less if the upload expires earlier. */
  ttlSeconds({ expiresAt }: OpenUpload): number {
    const remainingSeconds = Math.floor((expiresAt.getTime() - Date.now()) / 1000);
    return Math.max(1, Math.min(this.config.PART_URL_TTL_SECONDS, remainingSeconds));
  }

  /** The URL contains the public endpoint if there is one, otherwise the internal endpoint. */
  sign(upload: OpenUpload, partNumber: number): Promise<string> {
    const part = { partNumber, sizeBytes: partSizeBytes(upload, partNumber) };
    return this.objects.presignPart(upload.objectKey, upload.multipartId, part, this.ttlSeconds(upload));
  }
}
