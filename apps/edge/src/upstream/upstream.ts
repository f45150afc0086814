import { catalogV1, messagingV1, userV1, videoV1 } from '@viernes/contracts';
import { createGrpcClient, type GrpcClient } from '@viernes/platform';
import type { UpstreamConfig } from './upstream.config.js';

export type CatalogClient = GrpcClient<typeof catalogV1.CatalogServiceService>;
export type UserClient = GrpcClient<typeof userV1.UserServiceService>;
export type VideoClient = GrpcClient<typeof videoV1.VideoServiceService>;

export type DeadLetterClient = GrpcClient<typeof messagingV1.DeadLetterServiceService>;
/** Each service stores the dead letters of its own consumers. */
export type DeadLetterClients = Readonly<Record<'catalog' | 'user' | 'video', DeadLetterClient>>;

export const CATALOG = Symbol('CatalogClient');
export const USER = Symbol('UserClient');
export const VIDEO = Symbol('VideoClient');
export const DEAD_LETTERS = Symbol('DeadLetterClients');

/** Limits calls outside a request. Within a request, its deadline applies. */
const TIMEOUT_MS = 120_000;

export interface Upstreams {
  readonly catalog: CatalogClient;
  readonly user: UserClient;
  readonly video: VideoClient;
  readonly deadLetters: DeadLetterClients;
}

/** Calls that are safe to repeat are retried while a service is unavailable: reads, and idempotent writes. */
export function connectUpstreams(config: UpstreamConfig): Upstreams {
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
      catalog: connectDeadLetters(config.CATALOG_ADDRESS),
      user: connectDeadLetters(config.USER_ADDRESS),
      video: connectDeadLetters(config.VIDEO_ADDRESS),
    },
  };
}

function connectDeadLetters(address: string): DeadLetterClient {
  return createGrpcClient(messagingV1.DeadLetterServiceService, address, {
    idempotent: ['listDeadLetters', 'getDeadLetter', 'redriveDeadLetter', 'dropDeadLetter'],
    timeoutMs: TIMEOUT_MS,
  });
}
