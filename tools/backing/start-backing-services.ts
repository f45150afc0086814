import { join } from 'node:path';
import { expectPortsFree } from '../processes/port-holder.ts';
import { RunLedger } from '../processes/run-ledger.ts';
import type { Ports } from '../settings.ts';
import { ownAddress } from './addresses.ts';
import { containerParts } from './containers/container-parts.ts';
import { findEngine } from './containers/engine.ts';
import { createDatabases, DATABASES } from './databases.ts';
import { addressOf, givenServices } from './given.ts';
import { nativePart } from './native/native-parts.ts';
import { resolvePrograms, type ProgramNeed } from './native/programs.ts';
import { BACKING_NAMES, type BackingName, type BackingPart, type Progress } from './part.ts';

export interface BackingOptions {
  /** Folder of data, logs, passwords and the list of what runs. */
  readonly home: string;
  readonly ports: Ports;
  /** All four unless told. */
  readonly names?: readonly BackingName[];
  /** Whether films are made: ffmpeg and ffprobe are resolved too. True unless told. */
  readonly media?: boolean;
  readonly onProgress: Progress;
}

export interface PlannedBacking {
  /** Variables of every service, and FFMPEG_PATH and FFPROBE_PATH. */
  readonly env: Readonly<Record<string, string>>;
  readonly parts: readonly BackingPart[];
  /** Starts one that `parts` names; for PostgreSQL, makes the databases too. Returns when it answers. */
  start(part: BackingPart): Promise<void>;
  /** Stops what was started, in order; data stays. */
  stop(): Promise<void>;
}

const STOP_ORDER: readonly BackingName[] = ['kafka', 's3', 'valkey', 'postgres'];
const PORT_SETTINGS = {
  postgres: ['POSTGRES_PORT'],
  kafka: ['KAFKA_PORT', 'KAFKA_CONTROLLER_PORT'],
  s3: ['S3_PORT'],
  valkey: ['VALKEY_PORT'],
} as const satisfies Record<BackingName, readonly (keyof Ports)[]>;

/**
 * Finds out where each service comes from: an address in the environment, a container engine that answers, this machine
 * itself. Fetches what is missing; starts nothing yet.
 *
 * @throws Error, one line or a list for people, when something is missing or a port is taken
 */
export async function planBackingServices(options: BackingOptions): Promise<PlannedBacking> {
  const { home, ports, names = BACKING_NAMES, media = true, onProgress } = options;
  const given = givenServices(process.env, names);
  const own = names.filter((name) => given[name] === undefined);
  await new RunLedger(join(home, 'run')).endLeftovers();

  const engine = own.length === 0 ? undefined : await findEngine();
  const contained = engine === undefined ? [] : await containerParts(engine, own, { home, ports, onProgress });
  const native = own.filter((name) => !contained.some((part) => part.name === name));
  await expectPortsFree(
    Object.fromEntries(native.flatMap((name) => PORT_SETTINGS[name].map((key) => [key, ports[key]]))),
  );
  const needs: ProgramNeed[] = [...native];
  if (media) needs.push('ffmpeg');
  const programs = await resolvePrograms(needs, onProgress);

  const parts = names.map((name): BackingPart => {
    const values = given[name];
    if (values !== undefined) return givenPart(name, values);
    return contained.find((part) => part.name === name) ?? nativePart(name, { home, ports, programs, onProgress });
  });
  const env: Record<string, string> = {};
  for (const name of names) Object.assign(env, given[name] ?? ownAddress(name, home, ports));
  if (programs.ffmpeg && programs.ffprobe)
    Object.assign(env, { FFMPEG_PATH: programs.ffmpeg, FFPROBE_PATH: programs.ffprobe });
  return {
    env,
    parts,
    async start(part) {
      await part.start();
      if (part.name === 'postgres') await createDatabases(env['POSTGRES_URL'] ?? '', DATABASES);
    },
    async stop() {
      // Asked in this order, waited for together: none needs another to end.
      const inOrder = STOP_ORDER.map((name) => parts.find((part) => part.name === name));
      await Promise.all(inOrder.map((part) => part?.stop()));
    },
  };
}

function givenPart(name: BackingName, values: Readonly<Record<string, string>>): BackingPart {
  const nothing = () => Promise.resolve();
  return { name, origin: 'environment', address: addressOf(name, values), start: nothing, stop: nothing };
}

/** Plans and starts them all: what tests and measurements need. Stops what it started when one of them fails. */
export async function startBackingServices(
  options: BackingOptions,
): Promise<Pick<PlannedBacking, 'env' | 'parts' | 'stop'>> {
  const planned = await planBackingServices(options);
  try {
    // All are waited for, also when one fails early: what is still on its way could not be stopped.
    const outcomes = await Promise.allSettled(
      planned.parts.map(async (part) => {
        await planned.start(part);
        options.onProgress(part.name, `ready at ${part.address} (${part.origin})`);
      }),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  } catch (error) {
    await planned.stop();
    throw error;
  }
  return planned;
}
