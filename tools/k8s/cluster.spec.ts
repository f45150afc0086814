import { clusterOf, kubeConfig } from './cluster.ts';

function configOf(context: string, server = 'https://127.0.0.1:6443', provider?: string) {
  return kubeConfig.parse({
    'current-context': context,
    contexts: [{ name: context, context: { cluster: 'c' } }],
    clusters: [{ name: 'c', cluster: { server, ...(provider && { extensions: [{ extension: { provider } }] }) } }],
  });
}

test.each([
  ['kind-viernes', 'kind', 'viernes'],
  ['k3d-films', 'k3d', 'films'],
  ['minikube', 'minikube', 'minikube'],
  ['docker-desktop', 'docker-desktop', 'docker-desktop'],
  ['rancher-desktop', 'rancher-desktop', 'rancher-desktop'],
  ['anything', 'local', 'anything'],
])('%s is of %s', (context, maker, name) => {
  expect(clusterOf(configOf(context))).toMatchObject({ context, maker, name });
});

test('a minikube profile is known by what minikube wrote beside it, whatever its name', () => {
  const config = configOf('films', 'https://192.168.49.2:8443', 'minikube.sigs.k8s.io');
  expect(clusterOf(config)).toMatchObject({ maker: 'minikube', name: 'films' });
});

test.each(['https://localhost:6443', 'https://127.0.0.1:6443', 'https://[::1]:6443'])('%s is local', (server) => {
  expect(clusterOf(configOf('any', server))?.maker).toBe('local');
});

test.each(['https://10.0.0.1', 'https://k8s.example:6443', 'https://127.0.0.1.example'])('%s is remote', (server) => {
  expect(clusterOf(configOf('any', server))?.maker).toBe('remote');
});

test('no context, or one that leads nowhere, is no cluster', () => {
  expect(clusterOf(kubeConfig.parse({}))).toBeUndefined();
  expect(clusterOf(kubeConfig.parse({ 'current-context': 'gone', contexts: null, clusters: null }))).toBeUndefined();
});
