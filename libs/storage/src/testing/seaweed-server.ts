import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '@viernes/testing';
import type { S3Options } from '../index.js';

/** A running S3 server for the contract test. */
export interface StoreUnderTest extends Omit<S3Options, 'bucket'> {
  readonly stop: () => Promise<void>;
}

const PORT_FLAGS = [
  'admin.port',
  'admin.port.grpc',
  'filer.port',
  'filer.port.grpc',
  'master.port',
  'master.port.grpc',
  'volume.port',
  'volume.port.grpc',
  's3.port.grpc',
  's3.port.iceberg',
  's3.port.lance',
];
const KEYS = { accessKeyId: 'viernes', secretAccessKey: 'only-for-this-test' };

/** Starts SeaweedFS with a temporary folder and free ports. `stop` kills it and deletes the folder. */
export async function startSeaweed(weedPath: string): Promise<StoreUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'viernes-weed-'));
  const credentials = [{ accessKey: KEYS.accessKeyId, secretKey: KEYS.secretAccessKey }];
  const identities = [{ name: 'test', credentials, actions: ['Admin', 'Read', 'Write', 'List'] }];
  await writeFile(join(folder, 's3.json'), JSON.stringify({ identities }));
  const [s3Port, ...otherPorts] = await freePorts(PORT_FLAGS.length + 1);
  const server = spawn(
    weedPath,
    [
      'mini',
      `-dir=${folder}`,
      '-ip=127.0.0.1',
      '-ip.bind=127.0.0.1',
      `-s3.port=${s3Port}`,
      `-s3.config=${join(folder, 's3.json')}`,
      '-webdav=false',
      '-admin.ui=false',
      ...PORT_FLAGS.map((flag, index) => `-${flag}=${otherPorts[index]}`),
    ],
    { stdio: 'ignore', cwd: folder },
  );
  let spawnError: unknown;
  server.once('error', (error) => (spawnError = error));
  const hasExited = () => server.exitCode !== null || server.signalCode !== null;
  const endpoint = `http://127.0.0.1:${s3Port}`;
  while (!(await isListening(endpoint))) {
    if (spawnError || hasExited()) {
      await rm(folder, { recursive: true, force: true });
      const outcome = server.signalCode ?? `code ${server.exitCode}`;
      throw new Error(`SeaweedFS did not start: ${weedPath} ended with ${outcome}`, { cause: spawnError });
    }
    await delay(100);
  }
  return {
    endpoint,
    region: 'us-east-1',
    ...KEYS,
    stop: async () => {
      server.kill('SIGKILL');
      if (!hasExited()) await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isListening(endpoint: string): Promise<boolean> {
  try {
    // 403 without credentials is a sufficient response.
    return (await fetch(endpoint)).status < 500;
  } catch {
    return false;
  }
}
