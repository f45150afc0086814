import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';

/** Apps with an image. */
export const IMAGE_APPS = ['edge', 'catalog', 'user', 'video', 'monolith', 'transcoder', 'cli'] as const;
export type ImageApp = (typeof IMAGE_APPS)[number];

/** Returns the named apps, or all apps if no name is given. @throws Error that lists unknown names */
export function selectApps(names: readonly string[]): readonly ImageApp[] {
  const unknown = names.filter((name) => !(IMAGE_APPS as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`Unknown app: ${unknown.join(', ')}. Choose from: ${IMAGE_APPS.join(', ')}.`);
  return names.length === 0 ? IMAGE_APPS : IMAGE_APPS.filter((app) => names.includes(app));
}

/** Returns a name such as `docker.io/viernes/catalog:0.1.0`, with IMAGE_REGISTRY and IMAGE_TAG if they are set. */
export function imageName(app: ImageApp, env: NodeJS.ProcessEnv): string {
  const registry = env['IMAGE_REGISTRY'] || 'docker.io/viernes';
  return `${registry}/${app}:${env['IMAGE_TAG'] || version()}`;
}

export function version(): string {
  return (JSON.parse(readFileSync(join(WORKSPACE, 'package.json'), 'utf8')) as { version: string }).version;
}

/** Returns the current commit, with the suffix `-modified` if tracked files have uncommitted changes. */
export async function revision(): Promise<string> {
  const describe = ['describe', '--always', '--exclude=*', '--abbrev=40', '--dirty=-modified'];
  const { exitCode, stdout } = await execa('git', describe, { cwd: WORKSPACE, reject: false });
  return exitCode === 0 ? stdout : 'unknown';
}
