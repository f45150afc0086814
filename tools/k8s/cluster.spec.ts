import { kubeConfig, toCluster } from './cluster.ts';

function clusterOf(context: string, server = 'https://127.0.0.1:6443', provider?: string) {
  const extensions = provider === undefined ? undefined : [{ extension: { provider } }];
  return toCluster(kubeConfig.parse({ 'current-context': context, clusters: [{ cluster: { server, extensions } }] }));
}

test.each([
  ['kind-viernes', 'kind', 'viernes'],
  ['minikube', 'minikube', 'minikube'],
  ['anything', 'local', 'anything'],
])('the context %s on this machine belongs to a cluster of %s', (context, provider, name) => {
  expect(clusterOf(context)).toMatchObject({ context, provider, name });
});

test('a minikube profile of any name is recognized by the extension in the kubeconfig', () => {
  const cluster = clusterOf('films', 'https://192.168.49.2:8443', 'minikube.sigs.k8s.io');
  expect(cluster).toMatchObject({ provider: 'minikube', name: 'films' });
});

test.each(['https://localhost:6443', 'https://127.0.0.1:6443', 'https://[::1]:6443'])('%s is local', (server) => {
  expect(clusterOf('any', server).provider).toBe('local');
});

test.each(['https://10.0.0.1', 'https://k8s.example:6443', 'https://127.0.0.1.example'])('%s is remote', (server) => {
  expect(clusterOf('any', server).provider).toBe('remote');
});
