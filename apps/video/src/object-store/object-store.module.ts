import { Global, Module } from '@nestjs/common';
import { ObjectStore, S3ObjectStore } from '@viernes/storage';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import { Bucket } from './bucket.js';

/** The one place that knows the store is an S3. */
@Global()
@Module({
  providers: [
    Bucket,
    {
      provide: ObjectStore,
      inject: [VIDEO_CONFIG],
      useFactory: (config: VideoConfig): ObjectStore =>
        new S3ObjectStore({
          endpoint: config.S3_ENDPOINT,
          publicEndpoint: config.S3_PUBLIC_ENDPOINT,
          region: config.S3_REGION,
          accessKeyId: config.S3_ACCESS_KEY_ID,
          secretAccessKey: config.S3_SECRET_ACCESS_KEY,
          bucket: config.S3_BUCKET,
        }),
    },
  ],
  exports: [ObjectStore],
})
export class ObjectStoreModule {}
