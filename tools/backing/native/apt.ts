import { execa } from 'execa';
import { findOnPath } from './path-programs.ts';

/** Whether this process may install Debian packages. */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && findOnPath(['apt-get']) !== undefined;
}

/** Installs Debian packages, and says so. @throws Error with what apt-get says */
export async function installPackages(names: readonly string[], onProgress: (text: string) => void): Promise<void> {
  onProgress(`installing with apt-get, as root: ${names.join(' ')}`);
  const apt = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, stdin: 'ignore', all: true } as const;
  await execa('apt-get', [...apt, 'update'], options);
  await execa('apt-get', [...apt, 'install', '-y', '--no-install-recommends', ...names], options);
}
