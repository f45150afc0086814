import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';

/** Apps that have an image each. */
export const IMAGE_APPS = ['edge', 'catalog', 'user', 'video', 'transcoder', 'cli'] as const;
export type ImageApp = (typeof IMAGE_APPS)[number];

/** @throws Error that names the words that are no app */
export function chosenApps(words: readonly string[]): readonly ImageApp[] {
  const unknown = words.filter((word) => !(IMAGE_APPS as readonly string[]).includes(word));
  if (unknown.length > 0) throw new Error(`No such app: ${unknown.join(', ')}. There are: ${IMAGE_APPS.join(', ')}.`);
  return words.length === 0 ? IMAGE_APPS : IMAGE_APPS.filter((app) => words.includes(app));
}

/** `docker.io/viernes/catalog:0.1.0`; the registry with IMAGE_REGISTRY, the tag with IMAGE_TAG, else the version's. */
export function imageName(app: ImageApp, env: NodeJS.ProcessEnv): string {
  const registry = env['IMAGE_REGISTRY'] || 'docker.io/viernes';
  return `${registry}/${app}:${env['IMAGE_TAG'] || version()}`;
}

/** Of the root package.json. */
export function version(): string {
  return (JSON.parse(readFileSync(join(WORKSPACE, 'package.json'), 'utf8')) as { version: string }).version;
}

/** The commit that an image is made of; `-modified` says that something in its folders was not committed. */
export async function revision(): Promise<string> {
  const git = (...args: string[]) => execa('git', args, { cwd: WORKSPACE, reject: false });
  const head = await git('rev-parse', 'HEAD');
  // A copy of the files without their history has none.
  if (head.exitCode !== 0) return 'unknown';
  const { stdout } = await git(
    'status',
    '--porcelain',
    '--',
    'Dockerfile',
    'package.json',
    'package-lock.json',
    'apps',
    'libs',
  );
  return stdout === '' ? head.stdout : `${head.stdout}-modified`;
}
