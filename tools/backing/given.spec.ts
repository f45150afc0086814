import { addressOf, givenServices } from './given.ts';

describe('services given by the environment', () => {
  it('takes whole ones, and leaves the rest to be started', () => {
    expect(givenServices({ VALKEY_URL: 'redis://cache:6379', KAFKA_BROKERS: '' })).toEqual({
      valkey: { VALKEY_URL: 'redis://cache:6379' },
    });
  });

  it('refuses half a service', () => {
    expect(() => givenServices({ S3_ENDPOINT: 'http://s3', S3_REGION: 'r' })).toThrow(
      'S3_ENDPOINT, S3_REGION is set, but not S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY',
    );
  });

  it('shows no password', () => {
    expect(addressOf('postgres', { POSTGRES_URL: 'postgres://u:secret@db:5432/postgres' })).toBe('db:5432');
    expect(addressOf('kafka', { KAFKA_BROKERS: 'a:1,b:2' })).toBe('a:1,b:2');
  });
});
