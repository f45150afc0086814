import { parseCommandString } from 'execa';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pRetry, { type Options } from 'p-retry';
import { CHART, RELEASE } from '../chart/files.ts';
import { findBuilder } from '../images/builder.ts';
import { IMAGE_APPS, imageName, type ImageApp } from '../images/names.ts';
import { WORKSPACE } from '../workspace.ts';
import type { Cluster } from './cluster.ts';
import type { Kubernetes } from './kubernetes.ts';
import { RELEASE_SELECTOR } from './release.ts';
import { interruption, runProgram } from './run-program.ts';

/** Pod annotation with the image ID, so that a new image with the same tag replaces the pods. Escaped for paths. */
const IMAGE_ID = String.raw`viernes\.example/image-id`;

/** One line per node, even for a node without images. */
const NODE_IMAGES = String.raw`{range .items[*]}{.metadata.name} {.status.images[*].names[*]}{"\n"}{end}`;

/** IDs of the images as `npm run images` has built them. */
type ImageIds = ReadonlyMap<ImageApp, string>;

export async function buildImages(): Promise<void> {
  const build = () =>
    runProgram(process.execPath, [join(WORKSPACE, 'tools', 'images', 'main.ts')], { stdio: 'inherit' });
  await pRetry(build, retryOnce('Building the images'));
}

/** Returns the IDs of the built images. Empty without an image builder. */
export async function readImageIds(): Promise<ImageIds> {
  const builder = await findBuilder().catch(() => undefined);
  const entries = IMAGE_APPS.map(async (app) => {
    const id = await builder?.findId(imageName(app, process.env));
    return id === undefined ? [] : [[app, id] as const];
  });
  return new Map((await Promise.all(entries)).flat());
}

/** Returns the helm flags for the built images: IMAGE_REGISTRY, IMAGE_TAG, and the image IDs as pod annotations. */
export function imageFlags(env: NodeJS.ProcessEnv, ids: ImageIds): readonly string[] {
  const [, registry, repository] = /^([^/]+)\/(.+)$/.exec(env['IMAGE_REGISTRY'] ?? '') ?? [];
  const values = {
    'image.registry': registry,
    'image.repository': repository,
    'image.tag': env['IMAGE_TAG'] || undefined,
    ...Object.fromEntries(
      [...ids].filter(([app]) => app !== 'cli').map(([app, id]) => [`services.${app}.podAnnotations.${IMAGE_ID}`, id]),
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

/**
 * Loads the images that the cluster does not have yet. With K8S_LOAD_COMMAND, also loads the images of the backing
 * services, because such a cluster might be unable to pull.
 *
 * @param flags values of the chart
 */
export async function loadImages(kubernetes: Kubernetes, ids: ImageIds, flags: readonly string[]): Promise<void> {
  const custom = process.env['K8S_LOAD_COMMAND'];
  const command = loadCommand(kubernetes.cluster, custom);
  if (ids.size === 0 || command === undefined) return console.log('The cluster pulls its images from a registry.');
  const images = new Map<string, string | undefined>([...ids].map(([app, id]) => [imageName(app, process.env), id]));
  if (custom) {
    const { stdout } = await kubernetes.helm(['template', RELEASE, CHART, ...flags]);
    for (const image of imagesIn(stdout)) images.set(image, images.get(image));
  }
  const nodes = (await kubernetes.lines(NODE_IMAGES, ['nodes'])).map((line) => line.split(' '));
  const path = `{.items[*].spec.template.metadata.annotations.${IMAGE_ID}}`;
  const currentIds = await kubernetes.words(path, ['deployments', '--selector', RELEASE_SELECTOR]);
  for (const [image, id] of images) {
    const isOnAllNodes = nodes.every((names) => names.includes(image));
    if (isOnAllNodes && (id === undefined || currentIds.includes(id))) continue;
    console.log(`Loading ${image}`);
    await pRetry(() => load(image, command, Boolean(custom)), retryOnce(`Loading ${image}`));
  }
}

/** Container engines fail occasionally, for example because a file is busy. */
function retryOnce(action: string): Options {
  const onFailedAttempt: Options['onFailedAttempt'] = ({ error }) =>
    console.error(`${action} failed: ${error.message}`);
  return { retries: 1, minTimeout: 3_000, signal: interruption.signal, onFailedAttempt };
}

/**
 * Returns the command that loads an archive file, or undefined if the cluster pulls its images from a registry.
 *
 * @param custom K8S_LOAD_COMMAND, which takes the name of an image instead of a file
 */
export function loadCommand({ provider, name }: Cluster, custom = ''): readonly string[] | undefined {
  if (custom !== '') return parseCommandString(custom);
  if (provider === 'kind') return ['kind', 'load', 'image-archive', '--name', name];
  return provider === 'minikube' ? ['minikube', '--profile', name, 'image', 'load'] : undefined;
}

async function load(image: string, [program = '', ...args]: readonly string[], isByName: boolean): Promise<void> {
  if (isByName) return void (await runProgram(program, [...args, image]));
  using folder = mkdtempDisposableSync(join(tmpdir(), 'viernes-image-'));
  const file = join(folder.path, 'image.tar');
  await (await findBuilder()).save(image, file);
  await runProgram(program, [...args, file]);
}
