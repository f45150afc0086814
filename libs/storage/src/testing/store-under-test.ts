import type { S3Options } from '../index.js';

/** A running S3 that the contract is tried on. */
export interface StoreUnderTest extends Omit<S3Options, 'bucket'> {
  readonly stop: () => Promise<void>;
}
