import { join } from 'node:path';
import { appProcess, type AppOptions } from '../platform/app-processes.ts';
import { RunLedger } from '../processes/run-ledger.ts';
import { SupervisedProcess } from '../processes/supervised-process.ts';
import { freePorts } from '../settings.ts';

export interface OneDoor {
  readonly edgeUrl: string;
  whenReady(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * One more edge and one more video of a platform that runs, which know no public address of the store: what one forwarded
 * port of a cluster shows. Catalogue, accounts, films and transcoder are the platform's own.
 */
export async function startOneDoor(options: AppOptions): Promise<OneDoor> {
  const { CATALOG_PORT, USER_PORT } = options.ports;
  const ports = { ...(await freePorts()), CATALOG_PORT, USER_PORT };
  const edge = { ...options.overrides?.edge, MEDIA_ORIGINS: '' };
  const overrides = { ...options.overrides, edge, video: { S3_PUBLIC_ENDPOINT: '' } };
  const ledger = new RunLedger(join(options.home, 'run'));
  const processes = (['edge', 'video'] as const).map((app) => {
    const name = `one-door-${app}`;
    const edgeOrVideo = appProcess(app, { ...options, ports, overrides });
    const logFile = join(options.home, 'logs', `${name}.log`);
    return new SupervisedProcess({ ...edgeOrVideo, name, logFile }, ledger, () => undefined);
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
