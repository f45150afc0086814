import type { SupervisedProcess } from '../processes/supervised-process.ts';

/** The services that the platform stands on. */
export const BACKING_NAMES = ['postgres', 'kafka', 's3', 'valkey'] as const;
export type BackingName = (typeof BACKING_NAMES)[number];

/** What tells a program where each of them is. */
export const VARIABLES = {
  postgres: ['POSTGRES_URL'],
  kafka: ['KAFKA_BROKERS'],
  s3: ['S3_ENDPOINT', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  valkey: ['VALKEY_URL'],
} as const satisfies Record<BackingName, readonly string[]>;

export type Origin = 'environment' | 'container' | 'native';

/** One backing service as it was resolved, before and after its start. */
export interface BackingPart {
  readonly name: BackingName;
  readonly origin: Origin;
  /** For people, without passwords. */
  readonly address: string;
  /** Returns when it answers. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Of native ones. */
  readonly process?: SupervisedProcess;
}

export type Progress = (part: string, text: string) => void;
