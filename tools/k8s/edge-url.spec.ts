import type { Cluster } from './cluster.ts';
import { candidateUrls } from './edge-url.ts';

function urlsOf(provider: Cluster['provider']) {
  return candidateUrls({ context: 'c', provider, name: 'c' }, '30400', ['172.18.0.2']);
}

test('the mapped port of k8s/kind.yaml is the first candidate for kind', () => {
  expect(urlsOf('kind')).toEqual(['http://127.0.0.1:8400', 'http://127.0.0.1:30400', 'http://172.18.0.2:30400']);
});

test('the IP address of the node is a candidate for minikube', () => {
  expect(urlsOf('minikube')).toContain('http://172.18.0.2:30400');
});

test('this machine is not a candidate for a remote cluster', () => {
  expect(urlsOf('remote')).toEqual(['http://172.18.0.2:30400']);
});
