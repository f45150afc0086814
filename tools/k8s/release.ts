import { z } from 'zod';
import { type Kubernetes } from './kubernetes.ts';

/** Release, and what the names of its objects begin with. */
export const RELEASE = 'viernes';

/** Labels that all objects of the release have. */
export const OURS = `app.kubernetes.io/name=viernes,app.kubernetes.io/instance=${RELEASE}`;

const history = z.array(z.object({ revision: z.number(), status: z.string() }));

export type History = z.infer<typeof history>;

export interface Release {
  /** As helm knows it: `deployed`, `failed`, `pending-install` ... */
  readonly state: string;
  /** The newest revision that worked, if there is one. */
  readonly lastGood: number | undefined;
}

/** The release out of its history, whose last entry is the newest; undefined: there is none. */
export function releaseIn(revisions: History): Release | undefined {
  const newest = revisions.at(-1);
  // Until a rollback is through, the revision that it goes back to is still the one that is deployed.
  const good = (status: string) => revisions.findLast((entry) => entry.status === status)?.revision;
  return newest && { state: newest.status, lastGood: good('deployed') ?? good('superseded') };
}

/** The release in the cluster; undefined: it is not installed. */
export async function findRelease(kubernetes: Kubernetes): Promise<Release | undefined> {
  const { exitCode, stdout, all } = await kubernetes.helm(['history', RELEASE, '--output', 'json'], {
    reject: false,
    isLast: true,
  });
  if (exitCode === 0) return releaseIn(history.parse(JSON.parse(stdout)));
  if (/not found/.test(all)) return undefined;
  throw new Error(`helm history: ${all}`);
}

/**
 * Takes back an upgrade that was cut off in the middle: helm would refuse every other one after it.
 *
 * @returns what was done, for people; undefined: nothing was to do
 */
export async function takeBack(kubernetes: Kubernetes): Promise<string | undefined> {
  const release = await findRelease(kubernetes);
  if (release?.lastGood === undefined || !release.state.startsWith('pending-')) return undefined;
  await kubernetes.helm(['rollback', RELEASE, String(release.lastGood)], { isLast: true });
  return `Taken back to revision ${release.lastGood}.`;
}

/**
 * @throws Error when helm would refuse to go on: another helm works on the release, or was killed while it did
 */
export function expectNoOtherHelm(release: Release | undefined, namespace: string): void {
  if (release === undefined || !release.state.startsWith('pending-')) return;
  const mend =
    release.lastGood === undefined
      ? `npm run k8s:down -- --namespace ${namespace}`
      : `helm --namespace ${namespace} rollback ${RELEASE} ${release.lastGood}`;
  throw new Error(
    `The release is ${release.state}: another helm works on it, or was killed. If none runs any more: ${mend}`,
  );
}
