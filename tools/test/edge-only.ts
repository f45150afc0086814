import { join } from 'node:path';
import { toAppProcess, type AppOptions } from '../platform/app-processes.ts';
import { PidRegistry } from '../processes/pid-registry.ts';
import { SupervisedProcess } from '../processes/supervised-process.ts';
import { freePorts } from '../settings.ts';

/** An edge and a video service without a public endpoint of object storage. */
export interface EdgeOnlyPlatform {
  readonly edgeUrl: string;
  whenReady(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a second edge and video service next to a running platform, with the same data.
 * All media passes through this edge, as with one forwarded port of a cluster.
 */
export async function startEdgeOnlyPlatform(options: AppOptions): Promise<EdgeOnlyPlatform> {
  const { CATALOG_PORT, USER_PORT } = options.ports;
  const ports = { ...(await freePorts()), CATALOG_PORT, USER_PORT };
  const edge = { ...options.overrides?.edge, MEDIA_ORIGINS: '' };
  const overrides = { ...options.overrides, edge, video: { S3_PUBLIC_ENDPOINT: '' } };
  const registry = new PidRegistry(join(options.stateDir, 'run'));
  const processes = (['edge', 'video'] as const).map((app) => {
    const name = `edge-only-${app}`;
    const spec = toAppProcess(app, { ...options, ports, overrides });
    const logFile = join(options.stateDir, 'logs', `${name}.log`);
    return new SupervisedProcess({ ...spec, name, logFile }, registry, () => undefined);
  });
  for (const process of processes) process.start();
  return {
    edgeUrl: `http://127.0.0.1:${ports.EDGE_PORT}`,
    async whenReady() {
      await Promise.all(processes.map((process) => process.whenReady()));
    },
    async stop() {
      for (const process of processes) await process.stop();
    },
  };
}
