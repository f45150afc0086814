import type { S3Options } from '../src/index.js';
import { startSeaweed } from './seaweed-server.js';

/** A running S3 that the contract is tried on. */
export interface StoreUnderTest extends Omit<S3Options, 'bucket'> {
  readonly stop: () => Promise<void>;
}

/** The S3 that the environment names. */
export async function environmentStore(): Promise<StoreUnderTest> {
  return {
    endpoint: variable('S3_ENDPOINT'),
    region: variable('S3_REGION'),
    accessKeyId: variable('S3_ACCESS_KEY_ID'),
    secretAccessKey: variable('S3_SECRET_ACCESS_KEY'),
    stop: async () => {},
  };
}

/** SeaweedFS, started from the binary that WEED_PATH names. */
export async function seaweedStore(): Promise<StoreUnderTest> {
  return startSeaweed(variable('WEED_PATH'));
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this test needs a real store (npm test sets it)`);
  return value;
}
