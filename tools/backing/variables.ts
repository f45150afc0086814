import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment, Ports } from '../settings.ts';

export const BACKING_NAMES = ['postgres', 'kafka', 's3', 'valkey'] as const;
export type BackingName = (typeof BACKING_NAMES)[number];

const VARIABLES = {
  postgres: ['POSTGRES_URL'],
  kafka: ['KAFKA_BROKERS'],
  s3: ['S3_ENDPOINT', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  valkey: ['VALKEY_URL'],
} as const satisfies Record<BackingName, readonly string[]>;

export const S3_ACCESS_KEY_ID = 'viernes';

/** Returns the variables of the services that the environment provides. @throws Error if a service has only some */
export function readGivenServices(env: NodeJS.ProcessEnv): Partial<Record<BackingName, Environment>> {
  const given: Partial<Record<BackingName, Environment>> = {};
  const errors: string[] = [];
  for (const name of BACKING_NAMES) {
    const present = VARIABLES[name].filter((variable) => env[variable]);
    const missing = VARIABLES[name].filter((variable) => !env[variable]);
    if (missing.length === 0) given[name] = Object.fromEntries(present.map((key) => [key, env[key] ?? '']));
    else if (present.length > 0) errors.push(`${present.join(', ')} is set, but not ${missing.join(', ')}.`);
  }
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return given;
}

/** Returns the variables of a service that these tools start. */
export function toOwnVariables(name: BackingName, stateDir: string, ports: Ports): Environment {
  const host = '127.0.0.1';
  switch (name) {
    case 'postgres': {
      const password = readSecret(stateDir, 'postgres');
      return { POSTGRES_URL: `postgres://postgres:${password}@${host}:${ports.POSTGRES_PORT}/postgres` };
    }
    case 'kafka':
      return { KAFKA_BROKERS: `${host}:${ports.KAFKA_PORT}` };
    case 's3':
      return {
        S3_ENDPOINT: `http://${host}:${ports.S3_PORT}`,
        S3_REGION: 'us-east-1',
        S3_ACCESS_KEY_ID,
        S3_SECRET_ACCESS_KEY: readSecret(stateDir, 's3'),
      };
    case 'valkey':
      return { VALKEY_URL: `redis://${host}:${ports.VALKEY_PORT}` };
  }
}

/** Returns host:port for the terminal, without user and password. */
export function toDisplayAddress(name: BackingName, variables: Environment): string {
  const value = variables[VARIABLES[name][0]] ?? '';
  return URL.canParse(value) ? new URL(value).host || value : value;
}

/** Returns a password that is generated once. Only this user can read the file. */
export function readSecret(stateDir: string, name: string): string {
  const folder = join(stateDir, 'secrets');
  const path = join(folder, name);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(path, 'utf8');
}
