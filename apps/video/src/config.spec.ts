import { readConfig } from './config.js';

const REQUIRED = {
  HEALTH_ADDRESS: '127.0.0.1:8413',
  GRPC_ADDRESS: '127.0.0.1:8403',
  WORKER_GRPC_ADDRESS: '127.0.0.1:8404',
  DATABASE_URL: 'postgres://localhost/viernes_video',
  KAFKA_BROKERS: 'localhost:8421',
  S3_ENDPOINT: 'http://localhost:8423',
  S3_REGION: 'us-east-1',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret',
};

describe('the settings', () => {
  it('accepts the default settings', () => {
    expect(readConfig(REQUIRED)).toMatchObject({ S3_BUCKET: 'viernes', MAX_CONCURRENT_STREAMS: 4, MAX_ATTEMPTS: 3 });
  });

  it('reports all invalid settings together', () => {
    const invalid = {
      ...REQUIRED,
      DATABASE_URL: 'mysql://localhost/films',
      S3_BUCKET: 'No Bucket',
      LEASE_SECONDS: 'soon',
    };
    expect(() => readConfig(invalid)).toThrow(/DATABASE_URL[^]*S3_BUCKET[^]*LEASE_SECONDS/);
  });

  it.each([
    ['PLAYBACK_HEARTBEAT_SECONDS', { PLAYBACK_HEARTBEAT_SECONDS: '30', SESSION_TTL_SECONDS: '60' }],
    ['JOB_URL_TTL_SECONDS', { JOB_URL_TTL_SECONDS: '60', LEASE_SECONDS: '30' }],
    ['VERIFICATION_QUEUE_LIMIT', { VERIFICATION_QUEUE_LIMIT: '1', VERIFICATION_CONCURRENCY: '2' }],
    ['UPLOAD_MAX_BYTES', { UPLOAD_MAX_BYTES: String(6 * 1024 ** 4) }],
  ])('rejects a value of %s that contradicts another setting or a limit', (name, settings) => {
    expect(() => readConfig({ ...REQUIRED, ...settings })).toThrow(name);
  });
});
