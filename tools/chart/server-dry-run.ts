import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { CHART, type GoldenCase } from './chart-files.ts';

/** Whether the current kubectl context leads to an API server that answers soon. */
export async function clusterAnswers(): Promise<boolean> {
  const { exitCode } = await execa('kubectl', ['version', '--request-timeout=3s'], { reject: false, stdio: 'ignore' });
  return exitCode === 0;
}

/**
 * Has the API server judge every object of each case as if it were created, under Pod Security "restricted".
 * Objects of an API that this cluster does not have are left out, and told.
 *
 * @returns what the server refused
 */
export async function serverFaults(
  cases: readonly GoldenCase[],
  tell: (text: string) => void,
): Promise<readonly string[]> {
  const namespace = `viernes-golden-${randomBytes(4).toString('hex')}`;
  await kubectl(['create', 'namespace', namespace]);
  try {
    await kubectl(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']);
    const faults: string[] = [];
    for (const golden of cases) faults.push(...(await dryRun(golden, namespace, tell)));
    return faults;
  } finally {
    await kubectl(['delete', 'namespace', namespace, '--wait=false']);
  }
}

async function dryRun(
  { name, values }: GoldenCase,
  namespace: string,
  tell: (text: string) => void,
): Promise<readonly string[]> {
  const template = ['template', 'viernes', CHART, '--namespace', namespace, '--values', values];
  const { stdout: manifests } = await execa('helm', template, { stdin: 'ignore' });
  const apply = ['apply', '--namespace', namespace, '--filename', '-'];
  // A bare pod is refused while its ServiceAccount is not there: those are truly made, in this namespace that goes.
  await execa('kubectl', apply, { input: objectsOfKind(manifests, 'ServiceAccount') });
  const { stdout, stderr } = await execa('kubectl', [...apply, '--dry-run=server'], {
    input: manifests,
    reject: false,
  });
  const { absent, faults } = sortComplaints(stderr);
  const left = absent.length === 0 ? '' : `; this cluster has no ${absent.join(', ')}`;
  tell(`${name}: ${stdout.split('\n').filter((line) => line !== '').length} objects accepted${left}`);
  return faults.map((fault) => `${name}: ${fault}`);
}

/** The objects of one kind out of many, as helm prints them. */
export function objectsOfKind(manifests: string, kind: string): string {
  return manifests
    .split(/^---$/m)
    .filter((object) => new RegExp(`^kind: ${kind}$`, 'm').test(object))
    .join('---');
}

/** What kubectl says on its error stream: kinds that the cluster does not know, and everything else. */
export function sortComplaints(stderr: string): {
  readonly absent: readonly string[];
  readonly faults: readonly string[];
} {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const kinds = lines.map((line) => /no matches for kind "([^"]+)"/.exec(line)?.[1]);
  const isAdvice = (line: string) => line.startsWith('ensure CRDs are installed first');
  return {
    absent: [...new Set(kinds.filter((kind) => kind !== undefined))],
    faults: lines.filter((line, index) => kinds[index] === undefined && !isAdvice(line)),
  };
}

async function kubectl(args: readonly string[]): Promise<void> {
  await execa('kubectl', args, { stdin: 'ignore' });
}
