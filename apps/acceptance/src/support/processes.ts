import { randomUUID } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { eventually } from './eventually.js';
import { get } from './http.js';

/** A process of the platform, as reported by the supervisor's control server. */
export interface ProcessStatus {
  readonly name: string;
  readonly pid: number | null;
  readonly state: string;
}

/** Stops and starts processes of the platform. */
export const processes = {
  async list(): Promise<readonly ProcessStatus[]> {
    return (await requestControl('GET', '/processes')) as readonly ProcessStatus[];
  },

  /** Sends SIGKILL. */
  async kill(name: string): Promise<void> {
    await requestControl('POST', `/processes/${name}/kill`);
  },

  /** Sends SIGTERM and waits for the exit. */
  async stop(name: string): Promise<void> {
    await requestControl('POST', `/processes/${name}/stop`);
  },

  async start(name: string): Promise<void> {
    await requestControl('POST', `/processes/${name}/start`);
  },
};

/** Waits until every process is ready and the edge reaches every service. */
export async function waitUntilPlatformIsReady(): Promise<void> {
  await eventually(
    () => processes.list(),
    (all) => all.every(({ state }) => state === 'ready'),
    { what: 'every process is ready' },
  );
  await eventually(
    () => get<Partial<Schema<'Home'>>>('/v1/home'),
    ({ status, body }) => status === 200 && body.unavailableSources?.length === 0,
    { what: 'home has no unavailable source' },
  );
  // Home does not call the video service. Only the video service returns 404 for an unknown playback.
  await eventually(
    () => get(`/v1/playback/${randomUUID()}/master.m3u8?token=unknown`),
    ({ status }) => status === 404,
    { what: 'the edge reaches the video service' },
  );
}

async function requestControl(method: string, path: string): Promise<unknown> {
  if (config.controlUrl === undefined) {
    throw new Error('VIERNES_CONTROL_URL is not set. Run npm test, which starts the processes and can stop them.');
  }
  const response = await fetch(new URL(path, config.controlUrl), { method });
  const text = await response.text();
  if (!response.ok) throw new Error(`control server returned ${response.status} for ${method} ${path}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
