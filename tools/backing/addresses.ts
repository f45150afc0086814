import type { Ports } from '../settings.ts';
import type { BackingName } from './part.ts';
import { secret } from './secrets.ts';

export const S3_ACCESS_KEY = 'viernes';

/** The variables that lead to a service which these tools start, on its port of this home. */
export function ownAddress(name: BackingName, home: string, ports: Ports): Record<string, string> {
  switch (name) {
    case 'postgres':
      return {
        POSTGRES_URL: `postgres://postgres:${secret(home, 'postgres')}@127.0.0.1:${ports.POSTGRES_PORT}/postgres`,
      };
    case 'kafka':
      return { KAFKA_BROKERS: `127.0.0.1:${ports.KAFKA_PORT}` };
    case 's3':
      return {
        S3_ENDPOINT: `http://127.0.0.1:${ports.S3_PORT}`,
        S3_REGION: 'us-east-1',
        S3_ACCESS_KEY_ID: S3_ACCESS_KEY,
        S3_SECRET_ACCESS_KEY: secret(home, 's3'),
      };
    case 'valkey':
      return { VALKEY_URL: `redis://127.0.0.1:${ports.VALKEY_PORT}` };
  }
}
