import { join } from 'node:path';
import { PidRegistry } from '../processes/pid-registry.ts';
import { assertPortsFree } from '../processes/probes.ts';
import type { Ports } from '../settings.ts';
import type { BackingOptions, BackingService } from './backing-service.ts';
import { findComposeProject } from './compose.ts';
import { createDatabases } from './databases.ts';
import { createNativeService } from './native/native-service.ts';
import { resolvePrograms } from './native/programs.ts';
import { BACKING_NAMES, readGivenServices, toDisplayAddress, toOwnVariables, type BackingName } from './variables.ts';

export interface BackingPlan {
  /** The variables of every service, FFMPEG_PATH, and FFPROBE_PATH. */
  readonly env: Readonly<Record<string, string>>;
  readonly services: readonly BackingService[];
  /** Starts one service. Creates the databases in PostgreSQL. Resolves when the service responds. */
  start(service: BackingService): Promise<void>;
  /** Stops all started services and keeps their data. */
  stop(): Promise<void>;
}

const PORT_SETTINGS = {
  postgres: ['POSTGRES_PORT'],
  kafka: ['KAFKA_PORT', 'KAFKA_CONTROLLER_PORT'],
  s3: ['S3_PORT'],
  valkey: ['VALKEY_PORT'],
} as const satisfies Record<BackingName, readonly (keyof Ports)[]>;

/**
 * Selects the origin of each service: the environment, a container engine, or a native process.
 * Downloads missing programs. Starts no service.
 *
 * @throws Error that lists everything that is missing or in use
 */
export async function planBackingServices(options: BackingOptions): Promise<BackingPlan> {
  const { stateDir, ports, onProgress } = options;
  const given = readGivenServices(process.env);
  const own = BACKING_NAMES.filter((name) => given[name] === undefined);
  await new PidRegistry(join(stateDir, 'run')).terminateStale();

  const project = own.length === 0 ? undefined : await findComposeProject(stateDir, ports);
  const containers = (await project?.create(own, onProgress)) ?? [];
  const native = own.filter((name) => !containers.some((container) => container.name === name));
  const nativePorts = native.flatMap((name) => PORT_SETTINGS[name].map((setting) => [setting, ports[setting]]));
  await assertPortsFree(Object.fromEntries(nativePorts));
  const programs = await resolvePrograms(native, onProgress);

  const services = BACKING_NAMES.map((name): BackingService => {
    const variables = given[name];
    const done = () => Promise.resolve();
    if (variables !== undefined) {
      return { name, origin: 'environment', address: toDisplayAddress(name, variables), start: done, stop: done };
    }
    const container = containers.find((service) => service.name === name);
    return container ?? createNativeService(name, { ...options, programs });
  });
  const env: Record<string, string> = { FFMPEG_PATH: programs.ffmpeg, FFPROBE_PATH: programs.ffprobe };
  for (const name of BACKING_NAMES) Object.assign(env, given[name] ?? toOwnVariables(name, stateDir, ports));
  return {
    env,
    services,
    async start(service) {
      await service.start();
      if (service.name === 'postgres') await createDatabases(env['POSTGRES_URL'] ?? '');
    },
    async stop() {
      await Promise.all(services.map((service) => service.stop()));
    },
  };
}

/** Plans and starts all services, for tests and benchmarks. Stops them if one fails. */
export async function startBackingServices(options: BackingOptions): Promise<BackingPlan> {
  const plan = await planBackingServices(options);
  try {
    // Waits for all, also if one fails: a service that is still starting could not be stopped.
    const results = await Promise.allSettled(
      plan.services.map(async (service) => {
        await plan.start(service);
        options.onProgress(service.name, `ready at ${service.address} (${service.origin})`);
      }),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  } catch (error) {
    await plan.stop();
    throw error;
  }
  return plan;
}
