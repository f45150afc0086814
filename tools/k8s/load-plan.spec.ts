import type { Cluster, Maker } from './cluster.ts';
import { planLoad } from './load-plan.ts';

function clusterOf(maker: Maker, name = 'films'): Cluster {
  return { context: name, server: 'https://127.0.0.1:6443', maker, name };
}

test.each([
  ['kind', 'docker', 'name', 'kind load docker-image --name films'],
  ['kind', 'buildah', 'archive', 'kind load image-archive --name films'],
  ['minikube', 'docker', 'name', 'minikube --profile films image load'],
  ['minikube', 'buildah', 'archive', 'minikube --profile films image load'],
  ['k3d', 'docker', 'name', 'k3d image import --cluster films'],
  ['k3d', 'buildah', 'archive', 'k3d image import --cluster films'],
] as const)('%s takes images of %s by %s', (maker, engine, by, command) => {
  expect(planLoad(clusterOf(maker), engine, undefined)).toEqual({ by, command: command.split(' ') });
});

test.each(['docker-desktop', 'rancher-desktop'] as const)(
  '%s has the images of docker, not those of buildah',
  (maker) => {
    expect(planLoad(clusterOf(maker), 'docker', '')).toEqual({ by: 'sharing' });
    expect(planLoad(clusterOf(maker), 'buildah', '')).toEqual({ by: 'registry' });
  },
);

test.each(['local', 'remote'] as const)('a %s cluster pulls from a registry', (maker) => {
  expect(planLoad(clusterOf(maker), 'docker', undefined)).toEqual({ by: 'registry' });
});

test('a command of the environment goes before all else', () => {
  expect(planLoad(clusterOf('kind'), 'docker', ' my-load  --now ')).toEqual({
    by: 'name',
    command: ['my-load', '--now'],
  });
});
