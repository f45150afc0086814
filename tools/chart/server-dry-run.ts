import { randomBytes } from 'node:crypto';
import { Kubernetes } from '../k8s/kubernetes.ts';
import { createNamespace, deleteNamespaces } from '../test-k8s/namespaces.ts';
import { CHART, RELEASE, type GoldenCase } from './files.ts';

/**
 * Validates the objects of each case with a server-side dry run, under the Pod Security level "restricted". Omits the
 * pod of `helm test`, which the API server rejects because the dry run creates no ServiceAccount for it.
 *
 * @returns the errors of the API server, except for kinds that the cluster does not have
 */
export async function serverErrors(cases: readonly GoldenCase[]): Promise<readonly string[]> {
  const namespace = `viernes-golden-${randomBytes(4).toString('hex')}`;
  const kubernetes = await Kubernetes.connect(namespace);
  await createNamespace(kubernetes, namespace);
  try {
    const errors: string[] = [];
    for (const { name, values } of cases) {
      const { stdout: input } = await kubernetes.helm(['template', RELEASE, CHART, '--values', values, '--skip-tests']);
      const apply = ['apply', '--filename', '-', '--dry-run=server'];
      const { stderr } = await kubernetes.kubectl(apply, { input, reject: false });
      errors.push(...withoutUnknownKinds(stderr).map((error) => `${name}: ${error}`));
    }
    return errors;
  } finally {
    await deleteNamespaces(kubernetes, [namespace]);
  }
}

export function withoutUnknownKinds(stderr: string): readonly string[] {
  const ignored = /no matches for kind|^ensure CRDs are installed first/;
  return stderr.split('\n').filter((line) => line.trim() !== '' && !ignored.test(line));
}
