import { setTimeout as sleep } from 'node:timers/promises';
import { clusterLine } from './confirm.ts';
import { Kubernetes } from './kubernetes.ts';
import type { CallsOptions } from './options.ts';
import { podList } from './pods.ts';
import { OURS } from './release.ts';
import { callsIn, callsLine, type CountedService, type Look } from './served-calls.ts';

const EVERY_MS = 2_000;
const HEALTH_PORT = 8410;

/** Prints which pod of a service serves how much, every two seconds, until it is stopped. */
export async function watchCalls({ namespace, service }: CallsOptions): Promise<void> {
  const kubernetes = await Kubernetes.current(namespace);
  console.log(`${clusterLine(kubernetes.cluster)}\nCalls that the pods of ${service} serve; Ctrl-C ends it.`);
  let before = await look(kubernetes, service);
  let beforeAt = performance.now();
  for (;;) {
    await sleep(EVERY_MS);
    const after = await look(kubernetes, service);
    const now = performance.now();
    console.log(`${new Date().toTimeString().slice(0, 8)}  ${callsLine(before, after, (now - beforeAt) / 1000)}`);
    before = after;
    beforeAt = now;
  }
}

// Through the API server, which reaches each pod by itself: a Service would answer with any of them.
async function look(kubernetes: Kubernetes, service: CountedService): Promise<Look> {
  const selector = `${OURS},app.kubernetes.io/component=${service}`;
  const { items } = await kubernetes.get(podList, ['pods', '--selector', selector]);
  const found = items.map(async ({ metadata: { name } }) => {
    const path = `/api/v1/namespaces/${kubernetes.namespace}/pods/${name}:${HEALTH_PORT}/proxy/metrics`;
    const { exitCode, stdout } = await kubernetes.kubectl(['get', '--raw', path], { reject: false });
    return exitCode === 0 ? [[name, callsIn(stdout, service)] as const] : [];
  });
  return new Map((await Promise.all(found)).flat());
}
