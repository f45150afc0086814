import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKSPACE = fileURLToPath(new URL('../../../../', import.meta.url));

/** The metrics of events have their table in docs/events.md. */
const SOURCES = ['apps/*/src/**/*.ts', 'libs/platform/src/**/*.ts', 'libs/gateway/src/**/*.ts'];

const DEFINITION = /new (?:Counter|Gauge|Histogram|Summary)\((\{[^}]*\})\)/g;

function describedIn(definition: string): string {
  const [, name = ''] = /name: '(\w+)'/.exec(definition) ?? [];
  const [, labels = ''] = /labelNames: \[([^\]]*)\]/.exec(definition) ?? [];
  return [name, ...labels.matchAll(/\w+/g)].join(' ');
}

describe('the table of metrics', () => {
  it('has those of the code, with their labels', () => {
    const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: WORKSPACE }));
    const defined = files.flatMap((file) =>
      [...readFileSync(join(WORKSPACE, file), 'utf8').matchAll(DEFINITION)].map(([, text = '']) => describedIn(text)),
    );
    const page = readFileSync(join(WORKSPACE, 'docs/metrics.md'), 'utf8');
    const documented = [...page.matchAll(/^\| `(\w+)` \| ([^|]*)\|/gm)].map(([, name = '', labels = '']) =>
      [name, ...labels.matchAll(/\w+/g)].join(' '),
    );
    expect(documented.toSorted()).toEqual(defined.toSorted());
    expect(defined.length).toBeGreaterThan(5);
  });
});
