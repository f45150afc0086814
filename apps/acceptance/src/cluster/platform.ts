import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { shortVideo } from '../support/video-files.js';
import { requireBody, get } from '../support/http.js';
import { Viewer } from '../support/viewer.js';
import { cluster } from './cluster-config.js';
import { kubectl } from './command.js';
import { BACKING, SERVICES, longRunningPods, waitForComponents, type Service } from './pods.js';
import type { Visit } from './load.js';
import { release } from './release.js';
import { browse, home, watch } from './visits.js';

const TITLE_NAME = `Film night in ${cluster.namespace}`;
/** Enough accounts to stay below the limit of concurrent streams per account when responses are slow. */
const VIEWERS = 12;

/**
 * Brings the release into the state in which every suite starts: installed with the standard values, seeded, one ready pod
 * per component. Reverts changes of earlier suites, including failed ones.
 */
export async function restoreRelease(): Promise<void> {
  await release.upgrade();
  for (const service of SERVICES) await scale(service, 1);
  await waitForComponents([...SERVICES, ...BACKING]);
  const seed = ['job', '--selector=app.kubernetes.io/component=cli', '--for=condition=complete', '--timeout=400s'];
  await kubectl('wait', ...seed);
  await waitUntilPlatformIsReady();
}

/** Sets the number of pods as an operator does by hand. */
export async function scale(service: Service, replicas: number): Promise<void> {
  await kubectl('scale', `deployment/${cluster.release}-${service}`, `--replicas=${replicas}`);
}

/** Waits until the edge serves a complete home page from outside the cluster. */
export async function waitUntilPlatformIsReady(): Promise<void> {
  await eventually(
    () => get<{ unavailableSources?: readonly string[] }>('/v1/home'),
    ({ status, body }) => status === 200 && body.unavailableSources?.length === 0,
    { withinSeconds: 180, what: 'the edge serves a complete home page' },
  );
}

/** Returns the title that the suites play. Uploads it if it does not exist. */
export async function playableTitle(): Promise<Schema<'Title'>> {
  const path = `/v1/titles?query=${encodeURIComponent(TITLE_NAME)}&playable=true`;
  const { titles } = requireBody(await get<Schema<'TitlePage'>>(path), 200);
  const found = titles.find(({ name }) => name === TITLE_NAME);
  return found ?? (await Editor.signIn()).createReadyTitle(TITLE_NAME, await shortVideo());
}

/** Returns visits that browse, load the home page and play, in equal numbers. */
export async function mixedVisits(): Promise<Visit[]> {
  const title = await playableTitle();
  const viewers: Viewer[] = [];
  while (viewers.length < VIEWERS) viewers.push(await Viewer.signUp());
  const words = ['casablanka', 'night', title.name, 'love', 'the man', 'star'];
  return viewers.flatMap((viewer) => [browse(words), home(viewer), watch(viewer, title.id)]);
}

/** Returns the container restarts of each pod that restarted. */
export async function restarts(): Promise<Readonly<Record<string, number>>> {
  const pods = await longRunningPods();
  return Object.fromEntries(pods.filter((pod) => pod.restarts > 0).map((pod) => [pod.name, pod.restarts]));
}

/** Returns the pods that restarted after an earlier call of {@link restarts}. */
export async function restartsSince(before: Readonly<Record<string, number>>): Promise<string[]> {
  return Object.entries(await restarts())
    .filter(([pod, count]) => count > (before[pod] ?? 0))
    .map(([pod]) => pod);
}
