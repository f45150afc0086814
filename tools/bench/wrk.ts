import { findOnPath } from '../backing/native/programs.ts';
import { canInstallPackages, installPackages, missingText } from '../backing/native/system-packages.ts';

const MISSING = {
  name: 'wrk, which generates the load',
  debian: 'apt-get install wrk',
  macos: 'brew install wrk',
};

/** @throws Error with the command that installs wrk */
export async function requireWrk(onProgress: (text: string) => void): Promise<void> {
  if (findOnPath('wrk') === undefined && canInstallPackages()) await installPackages(['wrk'], onProgress);
  if (findOnPath('wrk') === undefined) throw new Error(missingText([MISSING]));
}
