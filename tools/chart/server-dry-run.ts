import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { CHART, RELEASE, type GoldenCase } from './files.ts';

/**
 * Validates the objects of each case with a server-side dry run, under the Pod Security level "restricted". Without the pod of
 * `helm test`, which the API server rejects because the dry run creates no ServiceAccount for it.
 *
 * @returns the errors of the API server, except for kinds that the cluster does not have
 */
export async function serverErrors(cases: readonly GoldenCase[]): Promise<readonly string[]> {
  const namespace = `viernes-golden-${randomBytes(4).toString('hex')}`;
  await execa('kubectl', ['create', 'namespace', namespace]);
  try {
    await execa('kubectl', ['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']);
    const errors: string[] = [];
    for (const { name, values } of cases) {
      const template = ['template', RELEASE, CHART, '--namespace', namespace, '--values', values, '--skip-tests'];
      const { stdout: input } = await execa('helm', template, { stdin: 'ignore' });
      const apply = ['apply', '--namespace', namespace, '--filename', '-', '--dry-run=server'];
      const { stderr } = await execa('kubectl', apply, { input, reject: false });
      errors.push(...withoutUnknownKinds(stderr).map((error) => `${name}: ${error}`));
    }
    return errors;
  } finally {
    await execa('kubectl', ['delete', 'namespace', namespace, '--wait=false']);
  }
}

export function withoutUnknownKinds(stderr: string): readonly string[] {
  const ignored = /no matches for kind|^ensure CRDs are installed first/;
  return stderr.split('\n').filter((line) => line.trim() !== '' && !ignored.test(line));
}
