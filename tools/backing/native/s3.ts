import getPort from 'get-port';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { httpAnswers, httpOk } from '../../processes/probes.ts';
import type { ProcessSpec } from '../../processes/supervised-process.ts';
import type { Ports } from '../../settings.ts';
import { S3_ACCESS_KEY } from '../addresses.ts';
import { secret } from '../secrets.ts';
import type { S3Program } from './programs.ts';

/** Says how to run the S3 server; any origin may fetch and put with a signed URL. */
export async function prepareS3(program: S3Program, home: string, ports: Ports, logFile: string): Promise<ProcessSpec> {
  const folder = join(home, program.kind);
  await mkdir(folder, { recursive: true });
  const shared = { name: 's3', command: program.path, cwd: folder, logFile, failsEarly: true } as const;
  if (program.kind === 'minio') {
    return {
      ...shared,
      args: ['server', '--quiet', '--address', `127.0.0.1:${ports.S3_PORT}`, folder],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        MINIO_ROOT_USER: S3_ACCESS_KEY,
        MINIO_ROOT_PASSWORD: secret(home, 's3'),
        MINIO_BROWSER: 'off',
        MINIO_API_CORS_ALLOW_ORIGIN: '*',
      },
      isReady: () => httpOk(`http://127.0.0.1:${ports.S3_PORT}/minio/health/ready`),
    };
  }
  const config = join(home, 'secrets', 's3.json');
  const key = { accessKey: S3_ACCESS_KEY, secretKey: secret(home, 's3') };
  const identity = { name: 'viernes', credentials: [key], actions: ['Admin', 'Read', 'List', 'Tagging', 'Write'] };
  await writeFile(config, JSON.stringify({ identities: [identity] }), { mode: 0o600 });
  return {
    ...shared,
    args: seaweedArguments(folder, config, ports.S3_PORT, await seaweedPorts()),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    isReady: () => httpAnswers(`http://127.0.0.1:${ports.S3_PORT}/healthz`),
  };
}

const SEAWEED_PORT_OPTIONS = [
  'master.port',
  'master.port.grpc',
  'volume.port',
  'volume.port.grpc',
  'filer.port',
  'filer.port.grpc',
  's3.port.grpc',
  'admin.port',
  'admin.port.grpc',
] as const;

type SeaweedPorts = Readonly<Record<(typeof SEAWEED_PORT_OPTIONS)[number], number>>;

async function seaweedPorts(): Promise<SeaweedPorts> {
  const ports = {} as Record<keyof SeaweedPorts, number>;
  for (const option of SEAWEED_PORT_OPTIONS) {
    ports[option] = await getPort({ host: '127.0.0.1', exclude: Object.values(ports) });
  }
  return ports;
}

/** Arguments of one SeaweedFS process that is master, volume server, filer and S3 gateway. */
export function seaweedArguments(folder: string, config: string, s3Port: number, ports: SeaweedPorts): string[] {
  return [
    'mini',
    `-dir=${folder}`,
    '-ip=127.0.0.1',
    '-ip.bind=127.0.0.1',
    `-s3.port=${s3Port}`,
    `-s3.config=${config}`,
    '-s3.port.iceberg=0',
    '-s3.port.lance=0',
    '-s3.allowedOrigins=*',
    // In its own folder: by default they lie in /tmp, where one that another user left cannot be replaced.
    '-s3.localSocket=s3.sock',
    '-filer.localSocket=filer.sock',
    ...SEAWEED_PORT_OPTIONS.map((option) => `-${option}=${ports[option]}`),
    '-webdav=false',
    '-admin.ui=false',
    '-master.telemetry=false',
  ];
}
