import { execa } from 'execa';
import { join } from 'node:path';
import { IMAGE_APPS, imageName } from '../images/images.ts';
import { imagesIn } from '../k8s/chart-values.ts';
import { findImageStore } from '../k8s/image-store.ts';
import type { Kubernetes } from '../k8s/kubernetes.ts';
import { loadImages } from '../k8s/load-images.ts';
import { planLoad } from '../k8s/load-plan.ts';
import { RELEASE } from '../k8s/release.ts';
import { WORKSPACE } from '../workspace.ts';

/** Builds every image and brings it into the cluster, as npm run k8s:up does and by the same settings. */
export async function prepareImages(kubernetes: Kubernetes, say: (text: string) => void): Promise<void> {
  await execa(process.execPath, ['tools/images/main.ts'], { cwd: WORKSPACE, stdio: ['ignore', 'inherit', 'inherit'] });
  const store = await findImageStore();
  const command = process.env['K8S_LOAD_COMMAND'];
  const plan = planLoad(kubernetes.cluster, store.engine, command);
  const ours = IMAGE_APPS.map((app) => imageName(app, process.env));
  const { stdout } = await kubernetes.helm(['template', RELEASE, join(WORKSPACE, 'helm', 'viernes')]);
  // Who gives a command has a cluster that may not pull at all.
  const backing = (command ? imagesIn(stdout) : []).filter((image) => !/\/viernes\//.test(image));
  // With its id: a tag that the cluster knows may be an older image there.
  const built = await Promise.all(ours.map(async (name) => ({ name, id: await store.id(name) })));
  const images = [...built, ...backing.map((name) => ({ name, id: undefined }))];
  const missing = await loadImages(kubernetes, store, plan, images, say);
  say(missing.length === 0 ? 'the cluster has them all' : `${missing.length} brought into the cluster`);
}
