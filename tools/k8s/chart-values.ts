import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';
import type { Cluster } from './cluster.ts';
import { IMAGE_ID, type ImageIds } from './images.ts';

/** Returns the helm flags for the values of the cluster, followed by those of the user. */
export function valueFlags(
  { provider }: Cluster,
  files: readonly string[],
  sets: readonly string[],
): readonly string[] {
  const standard = join(WORKSPACE, 'k8s', `values-${provider}.yaml`);
  const all = [...(existsSync(standard) ? [standard] : []), ...files];
  return [...all.flatMap((file) => ['--values', file]), ...sets.flatMap((set) => ['--set', set])];
}

/** Returns the helm flags for the built images: IMAGE_REGISTRY, IMAGE_TAG, and the image IDs as pod annotations. */
export function imageFlags(env: NodeJS.ProcessEnv, ids: ImageIds): readonly string[] {
  const [, registry, repository] = /^([^/]+)\/(.+)$/.exec(env['IMAGE_REGISTRY'] ?? '') ?? [];
  const annotation = IMAGE_ID.replaceAll('.', String.raw`\.`);
  const values = {
    'image.registry': registry,
    'image.repository': repository,
    'image.tag': env['IMAGE_TAG'] || undefined,
    ...Object.fromEntries(
      [...ids]
        .filter(([app]) => app !== 'cli')
        .map(([app, id]) => [`services.${app}.podAnnotations.${annotation}`, id]),
    ),
  };
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : ['--set-string', `${name}=${value}`],
  );
}

/** Returns the images in rendered objects. */
export function imagesIn(manifests: string): readonly string[] {
  return [...new Set([...manifests.matchAll(/^\s*(?:- )?image: ["']?([^\s"']+)/gm)].map(([, image]) => image ?? ''))];
}
