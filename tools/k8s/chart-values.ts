import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageApp } from '../images/images.ts';
import { WORKSPACE } from '../workspace.ts';
import type { Cluster } from './cluster.ts';
import { IMAGE_ID } from './load-images.ts';

/** Arguments of helm that say which values a release has: those that fit the cluster, then those that people gave. */
export function valueFlags(cluster: Cluster, files: readonly string[], sets: readonly string[]): readonly string[] {
  const fitting = join(WORKSPACE, 'k8s', `values-${cluster.maker}.yaml`);
  const all = [...(existsSync(fitting) ? [fitting] : []), ...files];
  return [...all.flatMap((file) => ['--values', file]), ...sets.flatMap((set) => ['--set', set])];
}

/**
 * Arguments of helm that name the images which npm run images has built.
 *
 * @param registry IMAGE_REGISTRY, such as `docker.io/viernes`
 * @param ids what each app's image is now; without one the pods stay as they are
 */
export function imageFlags(
  registry: string | undefined,
  tag: string | undefined,
  ids: ReadonlyMap<ImageApp, string>,
): readonly string[] {
  const slash = registry?.indexOf('/') ?? -1;
  const where =
    registry === undefined || slash === -1
      ? []
      : [`image.registry=${registry.slice(0, slash)}`, `image.repository=${registry.slice(slash + 1)}`];
  const annotations = [...ids]
    .filter(([app]) => app !== 'cli')
    .map(([app, id]) => `services.${app}.podAnnotations.${IMAGE_ID.replaceAll('.', '\\.')}=${id}`);
  const sets = [...where, ...(tag === undefined ? [] : [`image.tag=${tag}`]), ...annotations];
  return sets.flatMap((set) => ['--set-string', set]);
}

/** Images that rendered objects name, each once. */
export function imagesIn(manifests: string): readonly string[] {
  return [...new Set([...manifests.matchAll(/^\s*(?:- )?image: ["']?([^\s"']+)/gm)].map(([, image]) => image ?? ''))];
}
