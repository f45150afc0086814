import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePrograms } from '../backing/native/programs.ts';
import { imageName } from '../images/images.ts';
import { resolveBrowser } from '../test/browser.ts';
import { filmPath } from '../test/film-path.ts';
import { runCluster } from '../test/suites.ts';
import { WORKSPACE } from '../workspace.ts';
import { startApiProxy } from './api-proxy.ts';
import type { Cluster } from './cluster.ts';
import { freeNodePort, nodeAddress } from './kubernetes.ts';
import { makeNamespace } from './namespaces.ts';
import { testValues } from './values.ts';

const EDITOR_SECRET = 'film-night-editor';

export interface DemonstrationOptions {
  readonly cluster: Cluster;
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
  const { cluster, namespaces, folder, reports, counts, only, signal } = options;
  const say = (part: string, text: string) => console.log(`       ${part}: ${text}`);
  const browser = await resolveBrowser((text) => say('browser', text));
  const { ffmpeg = 'ffmpeg' } = await resolvePrograms(['ffmpeg'], say);
  const nodePort = Number(process.env['K8S_NODE_PORT'] || (await freeNodePort(cluster.kubectl)));
  const edgeUrl = process.env['K8S_EDGE_URL'] || `http://${await nodeAddress(cluster.kubectl)}:${nodePort}`;
  const [, imageTag = ''] = /:([^:/]+)$/.exec(imageName('edge', process.env)) ?? [];

  for (const name of Object.values(namespaces)) await makeNamespace(cluster.kubectl, name);
  const editor = { email: 'editor@viernes.example', password: randomBytes(18).toString('base64url') };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: EDITOR_SECRET, namespace: namespaces.platform },
    stringData: editor,
  };
  // From standard input: what stands on a command line, others on the machine can read.
  await execa(cluster.kubectl, ['create', '--filename', '-'], { input: JSON.stringify(secret) });
  const values = join(folder, 'values.json');
  writeFileSync(values, JSON.stringify(testValues({ nodePort, imageTag, editorSecret: EDITOR_SECRET })));
  mkdirSync(reports, { recursive: true });

  await using proxy = await startApiProxy(cluster.kubectl, join(folder, 'api.sock'));
  const film = filmPath();
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
      ...(film !== undefined && { FILM_PATH: film }),
      CLUSTER_NAMESPACE: namespaces.platform,
      CLUSTER_NEIGHBOUR_NAMESPACE: namespaces.neighbour,
      CLUSTER_RELEASE: 'viernes',
      CLUSTER_CHART: join(WORKSPACE, 'helm', 'viernes'),
      CLUSTER_VALUES: values,
      CLUSTER_IMAGE_TAG: imageTag,
      CLUSTER_API_SOCKET: proxy.socket,
      CLUSTER_REPORTS: reports,
      KUBECTL_PATH: cluster.kubectl,
      HELM_PATH: cluster.helm,
    },
  });
}
