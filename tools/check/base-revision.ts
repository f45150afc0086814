import { execa } from 'execa';

async function revision(name: string): Promise<string | undefined> {
  const { stdout, exitCode } = await execa('git', ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], {
    reject: false,
  });
  return exitCode === 0 ? stdout : undefined;
}

/**
 * The commit that contracts are compared with: main as others have it, or the commit before where this is main itself.
 *
 * @returns undefined in a repository with a single commit
 */
export async function baseRevision(): Promise<string | undefined> {
  const head = await revision('HEAD');
  for (const name of ['origin/main', 'main']) {
    const main = await revision(name);
    if (main !== undefined && main !== head) return main;
  }
  return revision('HEAD~1');
}
