/** The URLs and credentials of the real services that integration tests use. */
export interface Backing {
  /** The role has the privilege to create databases. */
  readonly postgresUrl: string;
  readonly kafkaBrokers: readonly string[];
  readonly s3: {
    readonly endpoint: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  readonly valkeyUrl: string;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set. Run integration tests with npm test, which starts the backing services`);
  return value;
}

/**
 * Reads the URLs of the backing services from POSTGRES_URL, KAFKA_BROKERS, S3_*, and VALKEY_URL. Reading a property
 * throws an Error that names the missing variable.
 */
export function backing(): Backing {
  return {
    get postgresUrl() {
      return required('POSTGRES_URL');
    },
    get kafkaBrokers() {
      return required('KAFKA_BROKERS').split(',');
    },
    get s3() {
      return {
        endpoint: required('S3_ENDPOINT'),
        region: required('S3_REGION'),
        accessKeyId: required('S3_ACCESS_KEY_ID'),
        secretAccessKey: required('S3_SECRET_ACCESS_KEY'),
      };
    },
    get valkeyUrl() {
      return required('VALKEY_URL');
    },
  };
}
