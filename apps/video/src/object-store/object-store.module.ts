import { hkdfSync } from 'node:crypto';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ObjectStore, S3ObjectStore } from '@viernes/storage';
import { BucketCreator } from './bucket-creator.js';
import type { ObjectStoreConfig } from './object-store.config.js';

/** Injects a boolean: whether browsers reach object storage. Otherwise media and parts pass through the edge. */
export const HAS_PUBLIC_STORAGE = Symbol('HasPublicStorage');

/**
 * Derives keys from the S3 secret (RFC 5869). All replicas derive the same key, and a key reveals neither the secret nor
 * other keys.
 */
export class KeyDerivation {
  constructor(private readonly secret: string) {}

  /** @param purpose a unique name: `viernes.video.upload-part` */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.secret, '', purpose, 32));
  }
}

/** The only module that receives the S3 settings and depends on S3. */
@Global()
@Module({})
export class ObjectStoreModule {
  static forRoot(config: ObjectStoreConfig): DynamicModule {
    const store = new S3ObjectStore({
      endpoint: config.S3_ENDPOINT,
      publicEndpoint: config.S3_PUBLIC_ENDPOINT,
      region: config.S3_REGION,
      accessKeyId: config.S3_ACCESS_KEY_ID,
      secretAccessKey: config.S3_SECRET_ACCESS_KEY,
      bucket: config.S3_BUCKET,
    });
    return {
      module: ObjectStoreModule,
      providers: [
        BucketCreator,
        { provide: ObjectStore, useValue: store },
        { provide: HAS_PUBLIC_STORAGE, useValue: config.S3_PUBLIC_ENDPOINT !== undefined },
        { provide: KeyDerivation, useValue: new KeyDerivation(config.S3_SECRET_ACCESS_KEY) },
      ],
      exports: [ObjectStore, HAS_PUBLIC_STORAGE, KeyDerivation],
    };
  }
}
