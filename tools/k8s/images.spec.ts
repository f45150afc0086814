import type { Cluster } from './cluster.ts';
import { imageFlags, imagesIn, loadCommand } from './images.ts';

function clusterOf(provider: Cluster['provider']): Cluster {
  return { context: 'films', provider, name: 'films' };
}

test('kind and minikube load archives', () => {
  expect(loadCommand(clusterOf('kind'))?.join(' ')).toBe('kind load image-archive --name films');
  expect(loadCommand(clusterOf('minikube'))?.join(' ')).toBe('minikube --profile films image load');
});

test.each(['local', 'remote'] as const)('a %s cluster pulls its images from a registry', (provider) => {
  expect(loadCommand(clusterOf(provider))).toBeUndefined();
});

test('K8S_LOAD_COMMAND takes precedence', () => {
  expect(loadCommand(clusterOf('kind'), ' my-load  --now ')).toEqual(['my-load', '--now']);
});

test('the flags name the built images and annotate the pods with their IDs', () => {
  const ids = new Map([
    ['catalog', 'abc'],
    ['cli', 'def'],
  ] as const);
  const env = { IMAGE_REGISTRY: 'registry.example:5000/team/films', IMAGE_TAG: '1.2.3' };
  expect(imageFlags(env, ids)).toEqual([
    '--set-string',
    'image.registry=registry.example:5000',
    '--set-string',
    'image.repository=team/films',
    '--set-string',
    'image.tag=1.2.3',
    '--set-string',
    String.raw`services.catalog.podAnnotations.viernes\.example/image-id=abc`,
  ]);
  expect(imageFlags({}, new Map())).toEqual([]);
});

test('the images of rendered objects are listed once', () => {
  const manifests = `
      containers:
        - name: a
          image: docker.io/viernes/edge:0.1.0
        - image: "quay.io/minio/minio:1"
          imagePullPolicy: IfNotPresent
        - name: again
          image: docker.io/viernes/edge:0.1.0
`;
  expect(imagesIn(manifests)).toEqual(['docker.io/viernes/edge:0.1.0', 'quay.io/minio/minio:1']);
});
