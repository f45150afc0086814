import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

export interface S3Options {
  /** Where this process reaches the store: `http://127.0.0.1:8423`. */
  readonly endpoint: string;
  /** Where browsers reach it; absent where they do not, and addresses for them then name `endpoint`. */
  readonly publicEndpoint?: string | undefined;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
  /** Connections at most; further requests wait for one. */
  readonly connectionLimit?: number;
}

const CONNECTION_LIMIT = 32;
/** Long enough for a store that joins a thousand parts, short enough that a hung one is noticed. */
const ANSWER_TIMEOUT_MS = 15_000;
const IDLE_TIMEOUT_MS = 30_000;

/** A client that talks to the store: bounded in connections, time and tries. */
export function createS3Client(options: S3Options): S3Client {
  const maxSockets = options.connectionLimit ?? CONNECTION_LIMIT;
  return new S3Client({
    ...clientConfig(options, options.endpoint),
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: ANSWER_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      socketTimeout: IDLE_TIMEOUT_MS,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets },
    },
  });
}

/** A client that only signs, with the host that the signed address will be used at. */
export function createS3Presigner(options: S3Options, endpoint: string): S3Client {
  return new S3Client(clientConfig(options, endpoint));
}

function clientConfig(options: S3Options, endpoint: string): S3ClientConfig {
  const { region, accessKeyId, secretAccessKey } = options;
  return {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Buckets as host names would need a DNS record for each; every S3 takes paths.
    forcePathStyle: true,
    // The default would sign the checksum of an empty body into an address whose body comes later.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
}
