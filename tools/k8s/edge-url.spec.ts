import type { Cluster } from './cluster.ts';
import { candidateUrls } from './edge-url.ts';

function clusterOf(provider: Cluster['provider']): Cluster {
  return { context: 'c', server: 'https://127.0.0.1:1', provider, name: 'c' };
}

const service = { port: 80, nodePort: 30400, balancers: [], nodes: ['172.18.0.2'] };

test('the mapped port of k8s/kind.yaml is the first candidate for kind', () => {
  expect(candidateUrls(clusterOf('kind'), service)).toEqual([
    'http://127.0.0.1:8400',
    'http://127.0.0.1:30400',
    'http://172.18.0.2:30400',
  ]);
});

test('the IP address of the node is a candidate for minikube', () => {
  expect(candidateUrls(clusterOf('minikube'), service)).toContain('http://172.18.0.2:30400');
});

test('this machine is not a candidate for a remote cluster', () => {
  expect(candidateUrls(clusterOf('remote'), service)).toEqual(['http://172.18.0.2:30400']);
});

test('a load balancer with the port of the Service is the first candidate', () => {
  const balanced = { ...service, port: 8080, balancers: ['viernes.example'] };
  expect(candidateUrls(clusterOf('remote'), balanced)[0]).toBe('http://viernes.example:8080');
});

test('a ClusterIP Service has no candidates', () => {
  expect(candidateUrls(clusterOf('kind'), { ...service, nodePort: undefined })).toEqual([]);
});
