import { execa } from 'execa';
import { IMAGE_APPS, imageName } from '../images/images.ts';
import { WORKSPACE } from '../workspace.ts';

/** Builds every image and brings it into the cluster, as npm run k8s:up does, and by the same settings. */
export async function prepareImages(say: (text: string) => void): Promise<void> {
  await execa(process.execPath, ['tools/images/main.ts'], { cwd: WORKSPACE, stdio: ['ignore', 'inherit', 'inherit'] });
  const load = process.env['K8S_LOAD_COMMAND'] ?? '';
  for (const app of IMAGE_APPS) {
    const image = imageName(app, process.env);
    await execa(load, [image], { cwd: WORKSPACE, stdio: ['ignore', 'ignore', 'inherit'] });
    say(`loaded ${image}`);
  }
}
