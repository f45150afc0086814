/** Where the real services are that integration tests use. */
export interface Backing {
  /** Of a role that may create databases. */
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
  if (!value) throw new Error(`${name} is not set: integration tests need the backing services that npm test starts`);
  return value;
}

/**
 * The services named by POSTGRES_URL, KAFKA_BROKERS, S3_* and VALKEY_URL; each is asked for only when it is read.
 * @throws Error naming the variable that is missing
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
