import { config } from '../config.js';
import { eventually } from './eventually.js';
import { get } from './http.js';

/** A process of the platform, as the supervisor's control answers it. */
export interface ProcessStatus {
  readonly name: string;
  readonly pid: number | null;
  readonly state: string;
}

/** Kills and starts the platform's processes: what an operator, or bad luck, does. */
export const processes = {
  async list(): Promise<readonly ProcessStatus[]> {
    return (await ask('GET', '/processes')) as readonly ProcessStatus[];
  },

  /** SIGKILL: no time for last words. */
  async kill(name: string): Promise<void> {
    await ask('POST', `/processes/${name}/kill`);
  },

  /** SIGTERM, and waits until it is gone. */
  async stop(name: string): Promise<void> {
    await ask('POST', `/processes/${name}/stop`);
  },

  async start(name: string): Promise<void> {
    await ask('POST', `/processes/${name}/start`);
  },
};

/** Waits until every process is ready and the edge answers from every service behind it. */
export async function platformIsWhole(): Promise<void> {
  await eventually(
    () => processes.list(),
    (all) => all.every(({ state }) => state === 'ready'),
    { what: 'every process is ready' },
  );
  await eventually(
    () => get<{ unavailableSources?: readonly string[] }>('/v1/home'),
    ({ status, body }) => status === 200 && body.unavailableSources?.length === 0,
    { what: 'home answers with nothing missing' },
  );
}

async function ask(method: string, path: string): Promise<unknown> {
  if (config.controlUrl === undefined) {
    throw new Error('VIERNES_CONTROL_URL is not set: only npm test, which starts the processes, can stop them');
  }
  const response = await fetch(new URL(path, config.controlUrl), { method });
  const text = await response.text();
  if (!response.ok) throw new Error(`the supervisor answered ${response.status} to ${method} ${path}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
