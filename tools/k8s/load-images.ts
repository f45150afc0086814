import pRetry from 'p-retry';
import { z } from 'zod';
import type { ImageStore } from './image-store.ts';
import type { Kubernetes } from './kubernetes.ts';
import type { LoadPlan } from './load-plan.ts';
import { run } from './programs.ts';
import { OURS } from './release.ts';

const nodes = z.object({
  items: z.array(
    z.object({ status: z.object({ images: z.array(z.object({ names: z.array(z.string()).nullish() })).nullish() }) }),
  ),
});

const deployments = z.object({
  items: z.array(
    z.object({
      spec: z.object({
        template: z.object({
          metadata: z.object({ annotations: z.record(z.string(), z.string()).nullish() }),
          spec: z.object({ containers: z.array(z.object({ image: z.string() })) }),
        }),
      }),
    }),
  ),
});

/** Annotation of our pods: the id of their image. A new image under an old tag so makes new pods. */
export const IMAGE_ID = 'viernes.example/image-id';

export interface LoadableImage {
  readonly name: string;
  /** undefined: it is not ours, or not built here. */
  readonly id: string | undefined;
}

/** Brings images into the cluster. @returns names of those that it had not yet */
export async function loadImages(
  kubernetes: Kubernetes,
  store: ImageStore,
  plan: LoadPlan,
  images: readonly LoadableImage[],
  onProgress: (text: string) => void,
): Promise<readonly string[]> {
  if (plan.by === 'sharing' || plan.by === 'registry') return [];
  const present = await imagesOf(kubernetes);
  const running = await runningIds(kubernetes);
  const loaded: string[] = [];
  for (const { name, id } of images) {
    if (present.has(name) && (id === undefined || running.get(name) === id)) continue;
    onProgress(name);
    const call = async (source: string) => {
      const [program = '', ...args] = plan.command;
      await run(program, [...args, source]);
    };
    // A node that cleans up, or takes another image at the same time, may lose one: the next time it is whole.
    await pRetry(() => (plan.by === 'name' ? call(name) : store.withArchive(name, call)), {
      retries: 4,
      minTimeout: 3_000,
    });
    loaded.push(name);
  }
  return loaded;
}

async function imagesOf(kubernetes: Kubernetes): Promise<ReadonlySet<string>> {
  const { items } = await kubernetes.get(nodes, ['nodes']);
  const lists = items.map(({ status }) => new Set((status.images ?? []).flatMap(({ names }) => names ?? [])));
  // What one node lacks, the cluster lacks.
  const [first = new Set<string>(), ...others] = lists;
  return new Set([...first].filter((name) => others.every((list) => list.has(name))));
}

async function runningIds(kubernetes: Kubernetes): Promise<ReadonlyMap<string, string>> {
  const { items } = await kubernetes.get(deployments, ['deployments', '--selector', OURS]);
  return new Map(
    items.flatMap(({ spec: { template } }) => {
      const id = template.metadata.annotations?.[IMAGE_ID];
      return id === undefined ? [] : template.spec.containers.map(({ image }) => [image, id] as const);
    }),
  );
}
