import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePrograms } from '../backing/native/programs.ts';
import { imageName } from '../images/images.ts';
import { RELEASE } from '../k8s/release.ts';
import { resolveBrowser } from '../test/browser.ts';
import { runCluster } from '../test/suites.ts';
import { WORKSPACE } from '../workspace.ts';
import { startApiProxy } from './api-proxy.ts';
import type { Kubernetes } from '../k8s/kubernetes.ts';
import { freeNodePort, nodeAddress } from './node-port.ts';
import { createObject, makeNamespace } from './namespaces.ts';
import { testValues } from './values.ts';

const EDITOR_SECRET = 'film-night-editor';

export interface DemonstrationOptions {
  readonly kubernetes: Kubernetes;
  readonly namespaces: { readonly platform: string; readonly neighbour: string };
  /** For what the run needs, and nobody after it. */
  readonly folder: string;
  readonly reports: string;
  readonly counts: string;
  /** Names of demonstrations; none: all. */
  readonly only: readonly string[];
  readonly signal: AbortSignal;
}

/** Makes the namespaces and all that the suite is told, and runs it. @returns whether all went well */
export async function runDemonstrations(options: DemonstrationOptions): Promise<boolean> {
  const { kubernetes, namespaces, folder, reports, counts, only, signal } = options;
  const say = (part: string, text: string) => console.log(`       ${part}: ${text}`);
  const browser = await resolveBrowser((text) => say('browser', text));
  const { ffmpeg } = await resolvePrograms(['ffmpeg'], say);
  const nodePort = Number(process.env['K8S_NODE_PORT'] || (await freeNodePort(kubernetes)));
  const edgeUrl = process.env['K8S_EDGE_URL'] || `http://${await nodeAddress(kubernetes)}:${nodePort}`;
  const [, imageTag = ''] = /:([^:/]+)$/.exec(imageName('edge', process.env)) ?? [];

  for (const name of Object.values(namespaces)) await makeNamespace(kubernetes, name);
  const editor = { email: 'editor@viernes.example', password: randomBytes(18).toString('base64url') };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: EDITOR_SECRET, namespace: namespaces.platform },
    stringData: editor,
  };
  await createObject(kubernetes, secret);
  const values = join(folder, 'values.json');
  writeFileSync(values, JSON.stringify(testValues({ nodePort, imageTag, editorSecret: EDITOR_SECRET })));
  mkdirSync(reports, { recursive: true });

  // Of its own, and with one context: one that is switched meanwhile changes nothing.
  const kubeconfig = join(folder, 'kubeconfig');
  const { stdout } = await kubernetes.kubectl(['config', 'view', '--minify', '--flatten']);
  writeFileSync(kubeconfig, stdout, { mode: 0o600 });
  await using proxy = await startApiProxy(kubeconfig, join(folder, 'api.sock'));
  const { FILM_PATH } = process.env;
  return await runCluster({
    counts,
    signal,
    only,
    env: {
      EDGE_URL: edgeUrl,
      EDITOR_EMAIL: editor.email,
      EDITOR_PASSWORD: editor.password,
      BROWSER_PATH: browser,
      FFMPEG_PATH: ffmpeg,
      ...(FILM_PATH && { FILM_PATH }),
      CLUSTER_NAMESPACE: namespaces.platform,
      CLUSTER_NEIGHBOUR_NAMESPACE: namespaces.neighbour,
      CLUSTER_RELEASE: RELEASE,
      CLUSTER_CHART: join(WORKSPACE, 'helm', 'viernes'),
      CLUSTER_VALUES: values,
      CLUSTER_IMAGE_TAG: imageTag,
      CLUSTER_API_SOCKET: proxy.socket,
      CLUSTER_REPORTS: reports,
      KUBECONFIG: kubeconfig,
      KUBECTL_PATH: 'kubectl',
      HELM_PATH: 'helm',
    },
  });
}
