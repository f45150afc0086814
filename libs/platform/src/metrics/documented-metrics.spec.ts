import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKSPACE = fileURLToPath(new URL('../../../../', import.meta.url));

/** docs/events.md documents the metrics of libs/messaging. */
const SOURCES = [
  'apps/*/src/**/*.ts',
  'libs/platform/src/**/*.ts',
  'libs/gateway/src/**/*.ts',
  'libs/database/src/**/*.ts',
];

const DEFINITION = /new (?:Bound)?(?:Counter|Gauge|Histogram|Summary)\((\{[^}]*)/g;

function nameAndLabels(definition: string): string {
  const [, name = ''] = /name: '(\w+)'/.exec(definition) ?? [];
  const [, labels = ''] = /labelNames: \[([^\]]*)\]/.exec(definition) ?? [];
  return [name, ...labels.matchAll(/\w+/g)].join(' ');
}

describe('docs/metrics.md', () => {
  it('documents exactly the metrics in the code, with their labels', () => {
    const files = globSync(SOURCES, { cwd: WORKSPACE, exclude: ['**/*.spec.ts'] });
    const defined = files.flatMap((file) =>
      [...readFileSync(join(WORKSPACE, file), 'utf8').matchAll(DEFINITION)].map(([, text = '']) => nameAndLabels(text)),
    );
    const page = readFileSync(join(WORKSPACE, 'docs/metrics.md'), 'utf8');
    const documented = [...page.matchAll(/^\| `(\w+)` \| ([^|]*)\|/gm)].map(([, name = '', labels = '']) =>
      [name, ...labels.matchAll(/\w+/g)].join(' '),
    );
    expect(documented.toSorted()).toEqual(defined.toSorted());
    expect(defined.length).toBeGreaterThan(5);
  });
});
