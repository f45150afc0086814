import getPort from 'get-port';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { httpStatus } from '../../processes/probes.ts';
import { readSecret, S3_ACCESS_KEY_ID } from '../variables.ts';
import type { NativeSpec, PrepareOptions } from './native-service.ts';

const HTTP_PORTS = ['master.port', 'volume.port', 'filer.port', 'admin.port'];
const INTERNAL_PORTS = [...HTTP_PORTS, ...HTTP_PORTS.map((option) => `${option}.grpc`), 's3.port.grpc'];

/** Configures SeaweedFS and returns its process: master, volume server, filer, and S3 gateway in one. */
export async function prepareS3({ wheels, stateDir, ports }: PrepareOptions): Promise<NativeSpec> {
  const folder = join(stateDir, 'seaweedfs');
  await mkdir(folder, { recursive: true });
  const config = join(stateDir, 'secrets', 's3.json');
  const credentials = [{ accessKey: S3_ACCESS_KEY_ID, secretKey: readSecret(stateDir, 's3') }];
  const identity = { name: 'viernes', credentials, actions: ['Admin', 'Read', 'List', 'Tagging', 'Write'] };
  await writeFile(config, JSON.stringify({ identities: [identity] }), { mode: 0o600 });
  // getPort does not return the same port again for some time.
  const toArgument = async (option: string) => `-${option}=${await getPort({ host: '127.0.0.1' })}`;
  return {
    command: wheels.program('weed'),
    args: [
      'mini',
      `-dir=${folder}`,
      '-ip=127.0.0.1',
      '-ip.bind=127.0.0.1',
      `-s3.port=${ports.S3_PORT}`,
      `-s3.config=${config}`,
      '-s3.port.iceberg=0',
      '-s3.port.lance=0',
      // Any origin can use a presigned URL.
      '-s3.allowedOrigins=*',
      // In this folder, because the default is /tmp, where a socket of another user cannot be replaced.
      '-s3.localSocket=s3.sock',
      '-filer.localSocket=filer.sock',
      ...(await Promise.all(INTERNAL_PORTS.map(toArgument))),
      '-webdav=false',
      '-admin.ui=false',
      '-master.telemetry=false',
    ],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    cwd: folder,
    isReady: async () => (await httpStatus(`http://127.0.0.1:${ports.S3_PORT}/healthz`)) < 500,
  };
}
