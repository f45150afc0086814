import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGivenServices, readSecret, toDisplayAddress } from './variables.ts';

describe('readGivenServices', () => {
  it('returns complete services and ignores empty variables', () => {
    expect(readGivenServices({ VALKEY_URL: 'redis://cache:6379', KAFKA_BROKERS: '' })).toEqual({
      valkey: { VALKEY_URL: 'redis://cache:6379' },
    });
  });

  it('rejects an incomplete service and names the missing variables', () => {
    expect(() => readGivenServices({ S3_ENDPOINT: 'http://s3', S3_REGION: 'r' })).toThrow(
      'S3_ENDPOINT, S3_REGION is set, but not S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY.',
    );
  });
});

describe('toDisplayAddress', () => {
  it('contains no password', () => {
    expect(toDisplayAddress('postgres', { POSTGRES_URL: 'postgres://u:secret@db:5432/postgres' })).toBe('db:5432');
    expect(toDisplayAddress('kafka', { KAFKA_BROKERS: 'a:1,b:2' })).toBe('a:1,b:2');
  });
});

describe('readSecret', () => {
  it('generates a password once, readable only by this user', () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'viernes-secrets-'));
    const secret = readSecret(stateDir, 's3');
    expect(secret).toMatch(/^[0-9a-f]{48}$/);
    expect(readSecret(stateDir, 's3')).toBe(secret);
    expect(statSync(join(stateDir, 'secrets', 's3')).mode & 0o777).toBe(0o600);
    rmSync(stateDir, { recursive: true });
  });
});
