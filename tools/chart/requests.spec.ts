import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { CHART } from './files.ts';

interface Workload {
  readonly kind: string;
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly { readonly resources: { readonly requests: Readonly<Record<string, string>> } }[];
      };
    };
  };
}

const FACTORS: Readonly<Record<string, number>> = { '': 1, m: 1e-3, Mi: 2 ** 20, Gi: 2 ** 30 };

function amount(quantity: string): number {
  const [, number, unit = ''] = /^(\d+)(m|Mi|Gi)?$/.exec(quantity) ?? [];
  return Number(number) * (FACTORS[unit] ?? Number.NaN);
}

function requested(resource: string): number {
  const text = readFileSync(join(CHART, 'golden', 'defaults', 'rendered.yaml'), 'utf8');
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Workload | null)
    .filter((object) => ['Deployment', 'StatefulSet', 'Job'].includes(object?.kind ?? ''))
    .flatMap((object) => object?.spec.template.spec.containers ?? [])
    .reduce((sum, { resources }) => sum + amount(resources.requests[resource] ?? ''), 0);
}

describe('the resource requests of a default install, with backing services and seed', () => {
  it('fit on two CPUs with a reserve', () => {
    expect(requested('cpu')).toBeLessThan(1.5);
    expect(requested('cpu')).toBeGreaterThan(0.5);
  });

  it('fit in four GiB with a reserve', () => {
    expect(requested('memory')).toBeLessThan(3 * 2 ** 30);
    expect(requested('memory')).toBeGreaterThan(2 ** 30);
  });
});
