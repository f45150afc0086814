import { imageFlags, imagesIn, valueFlags } from './chart-values.ts';
import type { Cluster } from './cluster.ts';

const kind: Cluster = { context: 'kind-films', server: 'https://127.0.0.1:1', maker: 'kind', name: 'films' };

test("the cluster's values go first, so that what people give goes before them", () => {
  const [flag, file, ...rest] = valueFlags(kind, ['mine.yaml'], ['logLevel=debug']);
  expect(flag).toBe('--values');
  expect(file).toMatch(/k8s.values-kind\.yaml$/);
  expect(rest).toEqual(['--values', 'mine.yaml', '--set', 'logLevel=debug']);
});

test('a cluster that nothing is known of gets the standard values', () => {
  expect(valueFlags({ ...kind, maker: 'remote' }, [], [])).toEqual([]);
});

test('images are named as they were built, and their ids make new pods', () => {
  const ids = new Map([
    ['catalog', 'abc'],
    ['cli', 'def'],
  ] as const);
  expect(imageFlags('registry.example:5000/team/films', '1.2.3', ids)).toEqual([
    '--set-string',
    'image.registry=registry.example:5000',
    '--set-string',
    'image.repository=team/films',
    '--set-string',
    'image.tag=1.2.3',
    '--set-string',
    String.raw`services.catalog.podAnnotations.viernes\.example/image-id=abc`,
  ]);
  expect(imageFlags(undefined, undefined, new Map())).toEqual([]);
});

test('images are found in what helm renders', () => {
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
