import pRetry from 'p-retry';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBuilder } from '../images/builder.ts';
import { IMAGE_APPS, imageName, type ImageApp } from '../images/names.ts';
import { imagesIn } from './chart-values.ts';
import type { Cluster } from './cluster.ts';
import type { Kubernetes } from './kubernetes.ts';
import { RELEASE_SELECTOR } from './release.ts';
import { runProgram } from './run-program.ts';

/** Pod annotation with the ID of the image. A new image with the same tag therefore replaces the pods. */
export const IMAGE_ID = 'viernes.example/image-id';

/** One line per node. */
const NODE_IMAGES = String.raw`{range .items[*]}{.status.images[*].names[*]}{"\n"}{end}`;
const CURRENT_IDS = `{.items[*].spec.template.metadata.annotations.${IMAGE_ID.replaceAll('.', String.raw`\.`)}}`;

type Engine = 'docker' | 'buildah';

export interface LoadMethod {
  /** Whether the command takes the name of an image or an archive file. */
  readonly by: 'name' | 'archive';
  readonly command: readonly string[];
}

/**
 * Returns how images get into the cluster, or undefined if the cluster pulls them from a registry.
 *
 * @param custom K8S_LOAD_COMMAND, which is called with the name of an image
 */
export function loadMethod({ provider, name }: Cluster, engine: Engine, custom = ''): LoadMethod | undefined {
  const words = custom.split(/\s+/).filter((word) => word !== '');
  if (words.length > 0) return { by: 'name', command: words };
  const by = engine === 'docker' ? 'name' : 'archive';
  if (provider === 'kind') {
    return { by, command: ['kind', 'load', by === 'name' ? 'docker-image' : 'image-archive', '--name', name] };
  }
  return provider === 'minikube' ? { by, command: ['minikube', '--profile', name, 'image', 'load'] } : undefined;
}

/** Images by app, with their IDs, as `npm run images` has built them. */
export type ImageIds = ReadonlyMap<ImageApp, string>;

async function findEngine(): Promise<Engine> {
  return (await findBuilder()).name === 'docker' ? 'docker' : 'buildah';
}

/** Returns the IDs of the built images. Empty without an image builder. */
export async function readImageIds(env: NodeJS.ProcessEnv): Promise<ImageIds> {
  const engine = await findEngine().catch(() => undefined);
  if (engine === undefined) return new Map();
  const [program, ...args] =
    engine === 'docker'
      ? (['docker', 'image', 'inspect', '--format', '{{.Id}}'] as const)
      : (['buildah', 'inspect', '--type', 'image', '--format', '{{.FromImageID}}'] as const);
  const entries = IMAGE_APPS.map(async (app) => {
    const { exitCode, stdout } = await runProgram(program, [...args, imageName(app, env)], { reject: false });
    return exitCode === 0 ? [[app, stdout.trim().replace(/^sha256:/, '')] as const] : [];
  });
  return new Map((await Promise.all(entries)).flat());
}

/**
 * Loads the images that the cluster does not have yet. With K8S_LOAD_COMMAND, also the images of the backing services,
 * because such a cluster possibly cannot pull.
 *
 * @param manifests the rendered chart
 * @returns a description of the result
 */
export async function loadImages(
  kubernetes: Kubernetes,
  ids: ImageIds,
  manifests: string,
  env: NodeJS.ProcessEnv,
  onProgress: (image: string) => void,
): Promise<string> {
  const custom = env['K8S_LOAD_COMMAND'];
  const method = ids.size === 0 ? undefined : loadMethod(kubernetes.cluster, await findEngine(), custom);
  if (method === undefined) return 'none loaded: the cluster pulls its images from a registry';
  const { stdout } = await kubernetes.kubectl(['get', 'nodes', '--output', `jsonpath=${NODE_IMAGES}`]);
  const imagesOfNodes = stdout
    .trim()
    .split('\n')
    .map((line) => new Set(line.split(' ')));
  const currentIds = await kubernetes.words(CURRENT_IDS, ['deployments', '--selector', RELEASE_SELECTOR]);
  const idOf = new Map([...ids].map(([app, id]) => [imageName(app, env), id]));
  const backing = custom ? imagesIn(manifests).filter((image) => !idOf.has(image)) : [];
  const missing = [...idOf.keys(), ...backing].filter((image) => {
    const isOnAllNodes = imagesOfNodes.every((images) => images.has(image));
    return !isOnAllNodes || (idOf.has(image) && !currentIds.includes(idOf.get(image) ?? ''));
  });
  for (const image of missing) {
    onProgress(image);
    // A concurrent garbage collection on the node can delete an image. A retry loads it again.
    await pRetry(() => load(method, image), { retries: 4, minTimeout: 3_000 });
  }
  return missing.length === 0 ? 'the cluster has all images' : `${missing.length} images loaded`;
}

async function load({ by, command: [program = '', ...args] }: LoadMethod, image: string): Promise<void> {
  if (by === 'name') return void (await runProgram(program, [...args, image]));
  const folder = mkdtempSync(join(tmpdir(), 'viernes-image-'));
  const file = join(folder, 'image.tar');
  try {
    await runProgram('buildah', ['push', '--quiet', image, `docker-archive:${file}:${image}`]);
    await runProgram(program, [...args, file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
