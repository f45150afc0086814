import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKSPACE = fileURLToPath(new URL('../../../../', import.meta.url));

/** Each page, and the code whose metrics it documents. */
const PAGES: readonly (readonly [page: string, sources: readonly string[]])[] = [
  [
    'docs/metrics.md',
    ['apps/*/src/**/*.ts', 'libs/platform/src/**/*.ts', 'libs/gateway/src/**/*.ts', 'libs/database/src/**/*.ts'],
  ],
  ['docs/events.md', ['libs/messaging/src/**/*.ts']],
];

const DEFINITION = /new (?:Bound)?(?:Counter|Gauge|Histogram|Summary)\((\{[^}]*)/g;

function nameAndLabels(definition: string): string {
  const [, name = ''] = /name: '(\w+)'/.exec(definition) ?? [];
  const [, labels = ''] = /labelNames: \[([^\]]*)\]/.exec(definition) ?? [];
  return [name, ...labels.matchAll(/\w+/g)].join(' ');
}

describe.each(PAGES)('%s', (page, sources) => {
  it('documents exactly the metrics in the code, with their labels', () => {
    const files = globSync([...sources], { cwd: WORKSPACE, exclude: ['**/*.spec.ts'] });
    const defined = files.flatMap((file) =>
      [...readFileSync(join(WORKSPACE, file), 'utf8').matchAll(DEFINITION)].map(([, text = '']) => nameAndLabels(text)),
    );
    const text = readFileSync(join(WORKSPACE, page), 'utf8');
    const documented = [...text.matchAll(/^\| `(\w+)` \| ([^|]*)\|/gm)].map(([, name = '', labels = '']) =>
      [name, ...labels.replace('none', '').matchAll(/\w+/g)].join(' '),
    );
    expect(documented.toSorted()).toEqual(defined.toSorted());
    expect(defined.length).toBeGreaterThan(5);
  });
});
