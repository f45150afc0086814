import { imageFlags, imagesIn, valueFlags } from './chart-values.ts';
import type { Cluster } from './cluster.ts';

const kind: Cluster = { context: 'kind-films', server: 'https://127.0.0.1:1', provider: 'kind', name: 'films' };

test('the values of the user follow and override those of the cluster', () => {
  const [flag, file, ...rest] = valueFlags(kind, ['mine.yaml'], ['logLevel=debug']);
  expect(flag).toBe('--values');
  expect(file).toMatch(/k8s.values-kind\.yaml$/);
  expect(rest).toEqual(['--values', 'mine.yaml', '--set', 'logLevel=debug']);
});

test('a remote cluster has no additional values', () => {
  expect(valueFlags({ ...kind, provider: 'remote' }, [], [])).toEqual([]);
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
