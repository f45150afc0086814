import type { ServiceDefinition } from '@grpc/grpc-js';
import { catalogV1, messagingV1, userV1, videoV1 } from '@viernes/contracts';
import {
  batchReads,
  breakCircuits,
  createGrpcClient,
  measureCalls,
  splitTraffic,
  uuid,
  type BatchedReads,
  type ClientFactory,
  type GrpcClient,
} from '@viernes/platform';
import type { UpstreamConfig } from './upstream.config.js';

export type CatalogClient = GrpcClient<typeof catalogV1.CatalogServiceService>;
export type UserClient = GrpcClient<typeof userV1.UserServiceService>;
export type VideoClient = GrpcClient<typeof videoV1.VideoServiceService>;

type ServiceName = 'catalog' | 'user' | 'video';
/** Creates the clients of each service. */
export type ServiceClients = Readonly<Record<ServiceName, ClientFactory>>;

export type DeadLetterClient = GrpcClient<typeof messagingV1.DeadLetterServiceService>;
/** Each service stores the dead letters of its own consumers. */
export type DeadLetterClients = Readonly<Record<ServiceName, DeadLetterClient>>;

export const CATALOG = Symbol('CatalogClient');
export const USER = Symbol('UserClient');
export const VIDEO = Symbol('VideoClient');
export const DEAD_LETTERS = Symbol('DeadLetterClients');

/** The names of methods that only read. */
const READ = /^(get|batchGet|list|suggest|check)[A-Z]/;

const BATCHED_READS: BatchedReads<typeof catalogV1.CatalogServiceService> = {
  getTitle: { method: 'getTitleBatch', includes: ({ titleId }) => uuid.safeParse(titleId).success },
  // Searches and totals take several times as long.
  listTitles: { method: 'listTitlesBatch', includes: ({ query, includeTotal }) => query === '' && !includeTotal },
};

/** Limits calls outside a request. Within a request, its deadline applies. */
const TIMEOUT_MS = 120_000;

export interface Upstreams {
  readonly catalog: CatalogClient;
  readonly user: UserClient;
  readonly video: VideoClient;
  readonly deadLetters: DeadLetterClients;
}

/** Connects to each service over gRPC at the configured address, with a circuit breaker for each method and backend. */
export function connectByGrpc(config: UpstreamConfig): ServiceClients {
  const connectTo = (address: string, target: ServiceName, backend = 'stable'): ClientFactory => {
    const connect: ClientFactory = (definition, policy) => createGrpcClient(definition, address, policy);
    const labels = { target, backend };
    return breakCircuits(measureCalls(connect, labels), labels);
  };
  const catalog = connectTo(config.CATALOG_ADDRESS, 'catalog');
  const canary = config.CATALOG_CANARY_ADDRESS;
  return {
    catalog: canary === undefined ? catalog : splitTraffic(catalog, connectTo(canary, 'catalog', 'canary')),
    user: connectTo(config.USER_ADDRESS, 'user'),
    video: connectTo(config.VIDEO_ADDRESS, 'video'),
  };
}

/** Creates the clients. They retry reads and the listed idempotent calls while a service is unavailable. */
export function connectUpstreams({ catalog, user, video }: ServiceClients): Upstreams {
  return {
    catalog: batchReads(
      catalog(catalogV1.CatalogServiceService, {
        idempotent: [
          ...readsOf(catalogV1.CatalogServiceService),
          'restoreTitle',
          'restorePerson',
          'importTitles',
          'exportTitles',
          'exportAccount',
        ],
        timeoutMs: TIMEOUT_MS,
      }),
      BATCHED_READS,
    ),
    user: user(userV1.UserServiceService, {
      idempotent: [
        ...readsOf(userV1.UserServiceService),
        'revokeSession',
        'addToMyList',
        'removeFromMyList',
        'rateTitle',
        'removeRating',
        'removeFromHistory',
        'clearHistory',
        // Not a read, because it also records the use of the key.
        'verifyApiKey',
      ],
      timeoutMs: TIMEOUT_MS,
    }),
    video: video(videoV1.VideoServiceService, {
      idempotent: [
        ...readsOf(videoV1.VideoServiceService),
        'presignUploadParts',
        'completeUpload',
        'abortUpload',
        'heartbeatPlayback',
        'endPlayback',
        'exportAccount',
      ],
      timeoutMs: TIMEOUT_MS,
    }),
    deadLetters: {
      catalog: connectDeadLetters(catalog),
      user: connectDeadLetters(user),
      video: connectDeadLetters(video),
    },
  };
}

function connectDeadLetters(connect: ClientFactory): DeadLetterClient {
  return connect(messagingV1.DeadLetterServiceService, {
    idempotent: [...readsOf(messagingV1.DeadLetterServiceService), 'redriveDeadLetter', 'dropDeadLetter'],
    timeoutMs: TIMEOUT_MS,
  });
}

/** Returns the methods that only read, which their names state. */
function readsOf<Definition extends ServiceDefinition>(definition: Definition): (keyof Definition & string)[] {
  return Object.keys(definition).filter((name) => READ.test(name));
}
