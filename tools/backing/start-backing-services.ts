import { join } from 'node:path';
import { PidRegistry } from '../processes/pid-registry.ts';
import { assertPortsFree } from '../processes/probes.ts';
import { portsOf, type Environment } from '../settings.ts';
import type { BackingOptions, BackingService } from './backing-service.ts';
import { findComposeProject } from './compose.ts';
import { createDatabases } from './databases.ts';
import { createNativeService } from './native/native-service.ts';
import { resolvePrograms } from './native/programs.ts';
import { BACKING_NAMES, readGivenServices, toDisplayAddress, toOwnVariables } from './variables.ts';

export interface BackingPlan {
  /** The variables of every service, FFMPEG_PATH, and FFPROBE_PATH. */
  readonly env: Environment;
  readonly services: readonly BackingService[];
  /** Starts one service. Creates the databases in PostgreSQL. Resolves when the service responds. */
  start(service: BackingService): Promise<void>;
  /** Stops all started services and keeps their data. */
  stop(): Promise<void>;
}

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
  await new PidRegistry(join(stateDir, 'run')).terminateAll();

  const project = own.length === 0 ? undefined : await findComposeProject(stateDir, ports);
  const containers = (await project?.create(own, onProgress)) ? project : undefined;
  const native = containers === undefined ? own : [];
  await assertPortsFree(portsOf(native, ports));
  const programs = await resolvePrograms(native, onProgress);

  const env: Record<string, string> = { FFMPEG_PATH: programs.ffmpeg, FFPROBE_PATH: programs.ffprobe };
  const services = BACKING_NAMES.map((name): BackingService => {
    const variables = given[name] ?? toOwnVariables(name, stateDir, ports);
    Object.assign(env, variables);
    const common = { name, address: toDisplayAddress(name, variables) };
    const done = () => Promise.resolve();
    if (given[name] !== undefined) return { ...common, origin: 'environment', start: done, stop: done };
    if (containers === undefined) return { ...common, ...createNativeService(name, { ...options, programs }) };
    const { start, stop } = containers;
    return { ...common, origin: 'container', start: () => start(name), stop: () => stop(name) };
  });
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
    // Waits for all, even if one fails: a service that is still starting could not be stopped.
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
