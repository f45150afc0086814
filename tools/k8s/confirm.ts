import { askYesNo } from '../terminal/ask.ts';
import type { Cluster } from './cluster.ts';

/** Which cluster is meant, in one line. */
export function clusterLine({ context, server, maker }: Cluster): string {
  return `Cluster ${context}, ${server} (${maker === 'local' ? 'on this machine' : maker})`;
}

/** @throws Error when the cluster is not on this machine, and nobody says that it is meant */
export async function expectMeant(cluster: Cluster, isAgreed: boolean): Promise<void> {
  if (isAgreed || cluster.maker !== 'remote') return;
  const otherwise = `${cluster.context} is not on this machine, and nobody is there to ask: add --yes if it is meant.`;
  if (!(await askYesNo('It is not on this machine. Install Viernes there?', otherwise)))
    throw new Error('Nothing was done.');
}

/** @throws Error when nobody says that all this is to go */
export async function expectLeaving(namespace: string, withData: boolean, isAgreed: boolean): Promise<void> {
  if (isAgreed) return;
  const what = withData ? 'and drop every film, account and password' : '(data stays)';
  const otherwise = 'Nobody is there to ask: add --yes if it is meant.';
  const question = `Take Viernes out of namespace ${namespace} ${what}?`;
  if (!(await askYesNo(question, otherwise))) throw new Error('Nothing was done.');
}
