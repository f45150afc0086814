import { Inject, Injectable } from '@nestjs/common';
import { ObjectStore, type Audience } from '@viernes/storage';
import { PLAYBACK_CONFIG, type PlaybackConfig } from './playback.config.js';

/** The object of a rendition never changes. Private, because the URL belongs to one session. */
const CACHE_CONTROL = 'private, max-age=31536000, immutable';

/** Presigns the bytes of renditions. */
@Injectable()
export class MediaUrls {
  constructor(
    private readonly objects: ObjectStore,
    @Inject(PLAYBACK_CONFIG) private readonly config: PlaybackConfig,
  ) {}

  sign(objectKey: string, audience: Audience): Promise<string> {
    return this.objects.presignGet(objectKey, this.config.MEDIA_URL_TTL_SECONDS, {
      audience,
      contentType: 'video/mp4',
      cacheControl: CACHE_CONTROL,
    });
  }
}
