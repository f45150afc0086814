import { catalogV1, messagingV1, userV1, videoV1 } from '@viernes/contracts';
import { createGrpcClient, type GrpcClient } from '@viernes/platform';
import type { EdgeConfig } from '../config.js';

export type CatalogClient = GrpcClient<typeof catalogV1.CatalogServiceService>;
export type UserClient = GrpcClient<typeof userV1.UserServiceService>;
export type VideoClient = GrpcClient<typeof videoV1.VideoServiceService>;

export type DeadLetterClient = GrpcClient<typeof messagingV1.DeadLetterServiceService>;
/** The same service of each: every one keeps the dead letters of its own consumers. */
export type DeadLetterClients = Readonly<Record<'catalog' | 'user' | 'video', DeadLetterClient>>;

export const CATALOG = Symbol('CatalogClient');
export const USER = Symbol('UserClient');
export const VIDEO = Symbol('VideoClient');
export const DEAD_LETTERS = Symbol('DeadLetterClients');

/** The call's own deadline is what counts; this bounds work that belongs to no request. */
const TIMEOUT_MS = 120_000;

export interface Upstreams {
  readonly catalog: CatalogClient;
  readonly user: UserClient;
  readonly video: VideoClient;
  readonly deadLetters: DeadLetterClients;
}

/** What may be repeated when a service is away: reads, and writes that say of themselves that repeating is fine. */
export function connectUpstreams(config: EdgeConfig): Upstreams {
  return {
    catalog: createGrpcClient(catalogV1.CatalogServiceService, config.CATALOG_ADDRESS, {
      idempotent: ['listTitles', 'getTitle', 'batchGetTitles', 'listHomeRows'],
      timeoutMs: TIMEOUT_MS,
    }),
    user: createGrpcClient(userV1.UserServiceService, config.USER_ADDRESS, {
      idempotent: ['getJwks', 'revokeSession', 'listProfiles', 'listContinueWatching', 'getResumePosition'],
      timeoutMs: TIMEOUT_MS,
    }),
    video: createGrpcClient(videoV1.VideoServiceService, config.VIDEO_ADDRESS, {
      idempotent: [
        'presignUploadParts',
        'getUpload',
        'listUploads',
        'getPartLocation',
        'completeUpload',
        'abortUpload',
        'getAsset',
        'getMasterPlaylist',
        'getMediaPlaylist',
        'getMediaLocation',
        'heartbeatPlayback',
        'endPlayback',
      ],
      timeoutMs: TIMEOUT_MS,
    }),
    deadLetters: {
      catalog: deadLetters(config.CATALOG_ADDRESS),
      user: deadLetters(config.USER_ADDRESS),
      video: deadLetters(config.VIDEO_ADDRESS),
    },
  };
}

function deadLetters(address: string): DeadLetterClient {
  return createGrpcClient(messagingV1.DeadLetterServiceService, address, {
    idempotent: ['listDeadLetters', 'getDeadLetter', 'redriveDeadLetter', 'dropDeadLetter'],
    timeoutMs: TIMEOUT_MS,
  });
}
