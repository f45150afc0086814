import type { Cluster } from './cluster.ts';
import { loadMethod } from './images.ts';

function clusterOf(provider: Cluster['provider']): Cluster {
  return { context: 'films', server: 'https://127.0.0.1:6443', provider, name: 'films' };
}

test.each([
  ['kind', 'docker', 'name', 'kind load docker-image --name films'],
  ['kind', 'buildah', 'archive', 'kind load image-archive --name films'],
  ['minikube', 'docker', 'name', 'minikube --profile films image load'],
  ['minikube', 'buildah', 'archive', 'minikube --profile films image load'],
] as const)('%s loads images of %s by %s', (provider, engine, by, command) => {
  expect(loadMethod(clusterOf(provider), engine)).toEqual({ by, command: command.split(' ') });
});

test.each(['local', 'remote'] as const)('a %s cluster pulls its images from a registry', (provider) => {
  expect(loadMethod(clusterOf(provider), 'docker')).toBeUndefined();
});

test('K8S_LOAD_COMMAND takes precedence', () => {
  expect(loadMethod(clusterOf('kind'), 'docker', ' my-load  --now ')).toEqual({
    by: 'name',
    command: ['my-load', '--now'],
  });
});
