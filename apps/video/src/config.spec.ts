import { readFileSync } from 'node:fs';
import { parseDocumentedSettings, toSettings } from '@viernes/testing';
import { Env, readConfig } from './config.js';

const ENOUGH = {
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
  it('have defaults that fit each other', () => {
    expect(readConfig(ENOUGH)).toMatchObject({ S3_BUCKET: 'viernes', MAX_CONCURRENT_STREAMS: 4, MAX_ATTEMPTS: 3 });
  });

  it('are told all their faults at once', () => {
    const faulty = {
      ...ENOUGH,
      DATABASE_URL: 'mysql://localhost/films',
      S3_BUCKET: 'No Bucket',
      LEASE_SECONDS: 'soon',
    };
    expect(() => readConfig(faulty)).toThrow(/DATABASE_URL[^]*S3_BUCKET[^]*LEASE_SECONDS/);
  });

  it.each([
    ['PLAYBACK_HEARTBEAT_SECONDS', { PLAYBACK_HEARTBEAT_SECONDS: '30', SESSION_TTL_SECONDS: '60' }],
    ['JOB_URL_TTL_SECONDS', { JOB_URL_TTL_SECONDS: '60', LEASE_SECONDS: '30' }],
    ['VERIFICATION_QUEUE_LIMIT', { VERIFICATION_QUEUE_LIMIT: '1', VERIFICATION_CONCURRENCY: '2' }],
    ['UPLOAD_MAX_BYTES', { UPLOAD_MAX_BYTES: String(6 * 1024 ** 4) }],
  ])('must fit each other: %s', (name, settings) => {
    expect(() => readConfig({ ...ENOUGH, ...settings })).toThrow(name);
  });

  it('are those of the README, with their defaults', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(parseDocumentedSettings(readme)).toEqual(toSettings(Env));
  });
});
