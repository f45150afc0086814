import { confirmInstall, toCluster, valueFlags } from './cluster.ts';

const LOCAL = 'https://127.0.0.1:6443';

test.each([
  ['kind-viernes', 'kind', 'viernes'],
  ['minikube', 'minikube', 'minikube'],
  ['anything', 'local', 'anything'],
])('the context %s on this machine belongs to a cluster of %s', (context, provider, name) => {
  expect(toCluster(context, LOCAL, '')).toEqual({ context, provider, name });
});

test('a minikube profile of any name is recognized by the extension in the kubeconfig', () => {
  const cluster = toCluster('films', 'https://192.168.49.2:8443', 'minikube.sigs.k8s.io');
  expect(cluster).toMatchObject({ provider: 'minikube', name: 'films' });
});

test.each(['https://localhost:6443', LOCAL, 'https://[::1]:6443'])('%s is local', (server) => {
  expect(toCluster('any', server, '').provider).toBe('local');
});

test.each(['https://10.0.0.1', 'https://k8s.example:6443', 'https://127.0.0.1.example'])('%s is remote', (server) => {
  expect(toCluster('any', server, '').provider).toBe('remote');
});

test('an install on a remote cluster requires a terminal or --yes', async () => {
  const remote = toCluster('production', 'https://10.0.0.1', '');
  await expect(confirmInstall(remote, true)).resolves.toBeUndefined();
  await expect(confirmInstall(toCluster('any', LOCAL, ''), false)).resolves.toBeUndefined();
  const { isTTY } = process.stdin;
  process.stdin.isTTY = false;
  try {
    await expect(confirmInstall(remote, false)).rejects.toThrow('production is a remote cluster');
  } finally {
    process.stdin.isTTY = isTTY;
  }
});

test('the values of the user follow and override those of the cluster', () => {
  const [flag, file, ...rest] = valueFlags(toCluster('kind-films', LOCAL, ''), ['mine.yaml'], ['logLevel=debug']);
  expect(flag).toBe('--values');
  expect(file).toMatch(/k8s.values-kind\.yaml$/);
  expect(rest).toEqual(['--values', 'mine.yaml', '--set', 'logLevel=debug']);
});

test('a remote cluster has no additional values', () => {
  expect(valueFlags(toCluster('any', 'https://10.0.0.1', ''), [], [])).toEqual([]);
});
