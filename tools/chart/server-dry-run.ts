import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { CHART, RELEASE, type GoldenCase } from './files.ts';

/**
 * Validates the objects of each case with a server-side dry run, under the Pod Security level "restricted".
 *
 * @returns the errors of the API server
 */
export async function serverErrors(cases: readonly GoldenCase[]): Promise<readonly string[]> {
  const namespace = `viernes-golden-${randomBytes(4).toString('hex')}`;
  await kubectl('create', 'namespace', namespace);
  try {
    await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted');
    const errors: string[] = [];
    for (const { name, values } of cases) {
      errors.push(...(await dryRun(namespace, values)).map((error) => `${name}: ${error}`));
    }
    return errors;
  } finally {
    await kubectl('delete', 'namespace', namespace, '--wait=false');
  }
}

async function dryRun(namespace: string, values: string): Promise<readonly string[]> {
  const template = ['template', RELEASE, CHART, '--namespace', namespace, '--values', values];
  const { stdout: manifests } = await execa('helm', template, { stdin: 'ignore' });
  const apply = ['apply', '--namespace', namespace, '--filename', '-'];
  // The API server rejects a pod whose ServiceAccount does not exist.
  await execa('kubectl', apply, { input: objectsOfKind(manifests, 'ServiceAccount') });
  const { stderr } = await execa('kubectl', [...apply, '--dry-run=server'], { input: manifests, reject: false });
  return withoutUnknownKinds(stderr);
}

/** Returns the objects of one kind, separated as helm prints them. */
export function objectsOfKind(manifests: string, kind: string): string {
  const objects = manifests.split(/^---$/m);
  return objects.filter((object) => new RegExp(`^kind: ${kind}$`, 'm').test(object)).join('---');
}

/** Returns the errors of kubectl, except for kinds that the cluster does not have. */
export function withoutUnknownKinds(stderr: string): readonly string[] {
  const ignored = /no matches for kind|^ensure CRDs are installed first/;
  return stderr.split('\n').filter((line) => line.trim() !== '' && !ignored.test(line));
}

async function kubectl(...args: string[]): Promise<void> {
  await execa('kubectl', args, { stdin: 'ignore' });
}
