import { execa } from 'execa';

/** Returns the commit to compare contracts with: main, or its previous commit. Undefined for the first commit. */
export async function findBaseRevision(): Promise<string | undefined> {
  const head = await revision('HEAD');
  const main = (await revision('origin/main')) ?? (await revision('main'));
  return main !== undefined && main !== head ? main : revision('HEAD~1');
}

async function revision(name: string): Promise<string | undefined> {
  const command = ['rev-parse', '--verify', '--quiet', `${name}^{commit}`];
  const { stdout, exitCode } = await execa('git', command, { reject: false });
  return exitCode === 0 ? stdout : undefined;
}
