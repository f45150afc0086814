import { z } from 'zod';
import { RELEASE } from '../chart/files.ts';
import type { Kubernetes } from './kubernetes.ts';

/** Selects the objects of the release. */
export const RELEASE_SELECTOR = `app.kubernetes.io/name=viernes,app.kubernetes.io/instance=${RELEASE}`;

const history = z.array(z.object({ revision: z.number(), status: z.string() }));

/** `lastGood` is the latest revision that was deployed. */
type Release = ReturnType<typeof toRelease>;

/** @param revisions oldest first */
export function toRelease(revisions: z.infer<typeof history>) {
  const latest = revisions.at(-1);
  // During a rollback, the target revision is still `deployed`.
  const latestWith = (status: string) => revisions.findLast((entry) => entry.status === status)?.revision;
  return latest && { status: latest.status, lastGood: latestWith('deployed') ?? latestWith('superseded') };
}

/** Returns undefined if the release is not installed. */
export async function findRelease(kubernetes: Kubernetes): Promise<Release> {
  const args = ['history', RELEASE, '--output', 'json'];
  const { exitCode, stdout, all } = await kubernetes.helm(args, { reject: false, isCleanup: true });
  if (exitCode === 0) return toRelease(history.parse(JSON.parse(stdout)));
  if (/not found/.test(all)) return undefined;
  throw new Error(`helm history: ${all}`);
}

/**
 * Rolls back an upgrade that failed or was interrupted. Helm rejects the next upgrade of a pending release.
 *
 * @returns a description of the result, or undefined if there is no earlier revision to return to
 */
export async function rollBackRelease(kubernetes: Kubernetes): Promise<string | undefined> {
  const release = await findRelease(kubernetes);
  if (release?.lastGood === undefined || release.status === 'deployed') return undefined;
  await kubernetes.helm(['rollback', RELEASE, String(release.lastGood)], { isCleanup: true });
  return `Rolled back to revision ${release.lastGood}.`;
}

/** @throws Error if another helm process works on the release, or was killed */
export function assertNotPending(release: Release, namespace: string): void {
  if (release === undefined || !release.status.startsWith('pending-')) return;
  const command =
    release.lastGood === undefined
      ? `npm run k8s:down -- --namespace ${namespace}`
      : `helm --namespace ${namespace} rollback ${RELEASE} ${release.lastGood}`;
  throw new Error(
    `The release is ${release.status}: another helm process works on it or was killed. If none is running: ${command}`,
  );
}
