import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

export interface S3Options {
  /** The URL for requests of this process: `http://127.0.0.1:8423`. */
  readonly endpoint: string;
  /** The URL for browsers. Without it, presigned URLs for browsers use `endpoint`. */
  readonly publicEndpoint?: string | undefined;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
  /** Maximum number of connections. Further requests wait for one. Default 32. */
  readonly connectionLimit?: number;
}

const CONNECTION_LIMIT = 32;
/** Long enough to join a thousand parts, short enough to detect a server that does not respond. */
const RESPONSE_TIMEOUT_MS = 15_000;
const IDLE_TIMEOUT_MS = 30_000;

/** Creates a client that sends requests, with limits on connections, time, and attempts. */
export function createS3Client(options: S3Options): S3Client {
  const maxSockets = options.connectionLimit ?? CONNECTION_LIMIT;
  return new S3Client({
    ...clientConfig(options, options.endpoint),
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: RESPONSE_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      socketTimeout: IDLE_TIMEOUT_MS,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets },
    },
  });
}

/** Creates a client that only presigns URLs with the host of an endpoint. */
export function createS3Presigner(options: S3Options, endpoint: string): S3Client {
  return new S3Client(clientConfig(options, endpoint));
}

function clientConfig(options: S3Options, endpoint: string): S3ClientConfig {
  const { region, accessKeyId, secretAccessKey } = options;
  return {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Bucket host names would require a DNS record for each bucket. Every S3 server supports paths.
    forcePathStyle: true,
    // The default would include the checksum of an empty body in the signature of a PUT.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
}
