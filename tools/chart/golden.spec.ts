import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { CHART, goldenCases } from './files.ts';

interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly replicas?: number;
    /** The selector of a Service. */
    readonly selector?: Readonly<Record<string, string>>;
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly image: string;
          readonly resources: { readonly requests: Readonly<Record<string, string>> };
        }[];
      };
    };
  };
}

const FACTORS: Readonly<Record<string, number>> = { '': 1, m: 1e-3, Mi: 2 ** 20, Gi: 2 ** 30 };

function amount(quantity: string): number {
  const [, number, unit = ''] = /^(\d+)(m|Mi|Gi)?$/.exec(quantity) ?? [];
  return Number(number) * (FACTORS[unit] ?? Number.NaN);
}

function objectsOf(rendered: string): readonly Workload[] {
  return parseAllDocuments(readFileSync(rendered, 'utf8'))
    .map((document) => document.toJS() as Workload | null)
    .filter((object) => object !== null);
}

function requested(resource: string): number {
  return objectsOf(join(CHART, 'golden', 'defaults', 'rendered.yaml'))
    .filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind))
    .flatMap((object) => object.spec.template.spec.containers)
    .reduce((sum, { resources }) => sum + amount(resources.requests[resource] ?? ''), 0);
}

test.each(goldenCases())(
  'no Deployment contains replicas, which would belong to Helm (golden $name)',
  ({ name, rendered }) => {
    const deployments = objectsOf(rendered).filter(({ kind }) => kind === 'Deployment');
    expect(deployments).toHaveLength({ monolith: 2, many: 6 }[name] ?? 5);
    expect(deployments.filter(({ spec }) => 'replicas' in spec)).toEqual([]);
  },
);

test('a canary has the environment of catalog and its own image, and only its own Service selects it', () => {
  const objects = objectsOf(join(CHART, 'golden', 'many', 'rendered.yaml'));
  const find = (kind: string, name: string) =>
    objects.find((each) => each.kind === kind && each.metadata.name === name);
  const [stable, canary] = ['viernes-catalog', 'viernes-catalog-canary'].map(
    (name) => find('Deployment', name)?.spec.template.spec.containers[0],
  );
  expect(canary).toEqual({ ...stable, image: stable?.image.replace(':1.2.3', ':1.3.0-rc.1') });
  expect(canary?.image).toMatch(/:1\.3\.0-rc\.1$/);
  const selected = ['viernes-catalog', 'viernes-catalog-canary'].map(
    (name) => find('Service', name)?.spec.selector?.['app.kubernetes.io/component'],
  );
  expect(selected).toEqual(['catalog', 'catalog-canary']);
});

test('the Ingress for ingress-nginx allows bodies that are larger than upload parts of 8 MiB', () => {
  const [ingress] = objectsOf(join(CHART, 'golden', 'production', 'rendered.yaml')).filter(
    ({ kind }) => kind === 'Ingress',
  );
  expect(ingress?.metadata.annotations).toMatchObject({ 'nginx.ingress.kubernetes.io/proxy-body-size': '64m' });
});

describe('the resource requests of a default install, with backing services and seed', () => {
  it('the requests of the pods fit on two CPUs with a reserve', () => {
    expect(requested('cpu')).toBeLessThan(1.5);
    expect(requested('cpu')).toBeGreaterThan(0.5);
  });

  it('the requests of the pods fit in four GiB with a reserve', () => {
    expect(requested('memory')).toBeLessThan(3 * 2 ** 30);
    expect(requested('memory')).toBeGreaterThan(2 ** 30);
  });
});
