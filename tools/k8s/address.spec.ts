import { candidateUrls } from './address.ts';
import type { Cluster, Maker } from './cluster.ts';

function clusterOf(maker: Maker): Cluster {
  return { context: 'c', server: 'https://127.0.0.1:1', maker, name: 'c' };
}

const door = { port: 80, nodePort: 30400, balancers: [], nodes: ['172.18.0.2'] };

test('kind: the port that k8s/kind.yaml maps goes first', () => {
  expect(candidateUrls(clusterOf('kind'), door)).toEqual([
    'http://127.0.0.1:8400',
    'http://127.0.0.1:30400',
    'http://172.18.0.2:30400',
  ]);
});

test('minikube: the address of its node', () => {
  expect(candidateUrls(clusterOf('minikube'), door)).toContain('http://172.18.0.2:30400');
});

test('a remote cluster is not looked for on this machine', () => {
  expect(candidateUrls(clusterOf('remote'), door)).toEqual(['http://172.18.0.2:30400']);
});

test('a load balancer goes first, with the port of the service', () => {
  expect(candidateUrls(clusterOf('remote'), { ...door, port: 8080, balancers: ['film.example'] })[0]).toBe(
    'http://film.example:8080',
  );
});

test('a ClusterIP has no address out here', () => {
  expect(candidateUrls(clusterOf('kind'), { ...door, nodePort: undefined })).toEqual([]);
});
