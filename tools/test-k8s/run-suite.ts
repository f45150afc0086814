import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePrograms } from '../backing/native/programs.ts';
import { imageName } from '../images/names.ts';
import { nodeAddresses } from '../k8s/edge-url.ts';
import type { Kubernetes } from '../k8s/kubernetes.ts';
import { HIGH_SIGN_IN_LIMITS, HIGH_PLANS } from '../platform/app-processes.ts';
import { resolveBrowser } from '../test/browser.ts';
import { runCluster } from '../test/suites.ts';
import { createNamespace, createObject } from './namespaces.ts';

const EDITOR_SECRET = 'test-editor';

/**
 * Creates the namespaces and the environment of the suite, and runs it.
 *
 * @param folder for temporary files
 * @returns whether all tests passed
 */
export async function runSuite(
  kubernetes: Kubernetes,
  namespaces: { readonly platform: string; readonly neighbor: string },
  folder: string,
  reports: string,
  options: Omit<Parameters<typeof runCluster>[0], 'env'>,
): Promise<boolean> {
  const log = (name: string, text: string) => console.log(`       ${name}: ${text}`);
  const browser = await resolveBrowser((text) => log('browser', text));
  const { ffmpeg } = await resolvePrograms([], log);
  const nodePort = Number(process.env['K8S_NODE_PORT'] || randomInt(30_000, 32_768));
  const edgeUrl = process.env['K8S_EDGE_URL'] || `http://${(await nodeAddresses(kubernetes))[0]}:${nodePort}`;
  const [, imageTag = ''] = /:([^:/]+)$/.exec(imageName('edge', process.env)) ?? [];

  for (const name of Object.values(namespaces)) await createNamespace(kubernetes, name);
  const editor = { email: 'editor@viernes.example', password: randomBytes(18).toString('base64url') };
  await createObject(kubernetes, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: EDITOR_SECRET, namespace: namespaces.platform },
    stringData: editor,
  });
  // Disabled, because the tests set the numbers of replicas. Tests of an autoscaler enable it.
  const manual = { autoscaling: { enabled: false } };
  const values = {
    image: { tag: imageTag },
    editor: { existingSecret: EDITOR_SECRET },
    edge: { service: { type: 'NodePort', nodePort }, plans: HIGH_PLANS },
    services: {
      edge: { ...manual, extraEnv: HIGH_SIGN_IN_LIMITS },
      ...Object.fromEntries(['catalog', 'user', 'video', 'transcoder'].map((service) => [service, manual])),
    },
  };
  const valuesFile = join(folder, 'values.json');
  writeFileSync(valuesFile, JSON.stringify(values));
  mkdirSync(reports, { recursive: true });

  // A kubeconfig with one context, so that a change of the current context has no effect.
  const kubeconfig = join(folder, 'kubeconfig');
  const { stdout } = await kubernetes.kubectl(['config', 'view', '--minify', '--flatten']);
  writeFileSync(kubeconfig, stdout, { mode: 0o600 });
  const { FILM_PATH } = process.env;
  return await runCluster({
    ...options,
    env: {
      EDGE_URL: edgeUrl,
      EDITOR_EMAIL: editor.email,
      EDITOR_PASSWORD: editor.password,
      BROWSER_PATH: browser,
      FFMPEG_PATH: ffmpeg,
      ...(FILM_PATH && { FILM_PATH }),
      CLUSTER_NAMESPACE: namespaces.platform,
      CLUSTER_NEIGHBOR_NAMESPACE: namespaces.neighbor,
      CLUSTER_VALUES: valuesFile,
      CLUSTER_IMAGE_TAG: imageTag,
      CLUSTER_API_SOCKET: join(folder, 'api.sock'),
      CLUSTER_REPORTS: reports,
      KUBECONFIG: kubeconfig,
    },
  });
}
