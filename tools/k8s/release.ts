import { z } from 'zod';
import { type Kubernetes } from './kubernetes.ts';

/** Release, and what the names of its objects begin with. */
export const RELEASE = 'viernes';

/** Labels that all objects of the release have. */
export const OURS = `app.kubernetes.io/name=viernes,app.kubernetes.io/instance=${RELEASE}`;

const statusText = z.object({ info: z.object({ status: z.string() }) });

/** State of the release as helm knows it: `deployed`, `failed`, `pending-install` ...; undefined: not installed. */
export async function releaseState(kubernetes: Kubernetes): Promise<string | undefined> {
  const { exitCode, stdout, all } = await kubernetes.helm(['status', RELEASE, '--output', 'json'], { reject: false });
  if (exitCode === 0) return statusText.parse(JSON.parse(stdout)).info.status;
  if (/not found/.test(all)) return undefined;
  throw new Error(`helm status: ${all}`);
}

/**
 * @throws Error when helm would refuse to go on: another helm works on the release, or was killed while it did
 */
export function expectNoOtherHelm(state: string | undefined, namespace: string): void {
  if (state === undefined || !state.startsWith('pending-')) return;
  const mend =
    state === 'pending-install'
      ? `npm run k8s:down -- --namespace ${namespace}`
      : `helm --namespace ${namespace} rollback ${RELEASE}`;
  throw new Error(`The release is ${state}: another helm works on it, or was killed. If none runs any more: ${mend}`);
}
