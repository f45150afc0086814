import { execa } from 'execa';
import { findOnPath } from './programs.ts';

export const INSTALL_FLAG = '--install-system-packages';

/** Returns whether the user has requested the installation of Debian packages, and is allowed to install them. */
export function canInstallPackages(): boolean {
  return process.argv.includes(INSTALL_FLAG) && process.getuid?.() === 0 && findOnPath('apt-get') !== undefined;
}

/** Installs Debian packages. @throws Error with the output of apt-get */
export async function installPackages(names: readonly string[], onProgress: (text: string) => void): Promise<void> {
  onProgress(`installing ${names.join(' ')} with apt-get`);
  const apt = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, stdin: 'ignore', all: true } as const;
  await execa('apt-get', [...apt, 'update'], options);
  await execa('apt-get', [...apt, 'install', '-y', '--no-install-recommends', ...names], options);
}

/** Finds a program, or installs its Debian package if requested and allowed. @throws Error with the command to run */
export async function requireProgram(
  find: () => string | undefined,
  missing: MissingProgram,
  onProgress: (text: string) => void,
): Promise<string> {
  const debianPackage = missing.debian.replace('apt-get install ', '');
  if (find() === undefined && canInstallPackages()) await installPackages([debianPackage], onProgress);
  const program = find();
  if (program === undefined) throw new Error(missingText([missing]));
  return program;
}

export interface MissingProgram {
  readonly name: string;
  /** Command that installs it on Debian and Ubuntu. */
  readonly debian: string;
  readonly macos: string;
  readonly reason?: string | undefined;
}

/** Lists everything that is missing, each with the command that installs it. */
export function missingText(missing: readonly MissingProgram[], platform: NodeJS.Platform = process.platform): string {
  const lines = missing.map(({ name, debian, macos, reason }) => {
    const suffix = reason === undefined ? '' : `\n      (${reason})`;
    return `  ${name}\n      ${platform === 'darwin' ? macos : debian}${suffix}`;
  });
  return [
    'Missing on this machine, with the command that installs each:',
    ...lines,
    `As root on Debian or Ubuntu, ${INSTALL_FLAG} installs them.`,
    'Alternatively, start docker or podman, or set the URLs of running services: npm start -- --help',
  ].join('\n');
}
