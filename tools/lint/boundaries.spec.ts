import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const workspace = fileURLToPath(new URL('../..', import.meta.url));

/** Lints source text as if it were a file at `path`. @returns the IDs of the violated rules */
function findViolations(path: string, source: string): string[] {
  const eslint = spawnSync(
    process.execPath,
    ['node_modules/eslint/bin/eslint.js', '--format', 'json', '--stdin', '--stdin-filename', path],
    { cwd: workspace, input: source, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const [file] = JSON.parse(eslint.stdout) as { messages: { ruleId: string }[] }[];
  return file?.messages.map(({ ruleId }) => ruleId) ?? [];
}

const BOUNDARIES = '@nx/enforce-module-boundaries';

describe('module boundaries', () => {
  it.each([
    ['the web app imports the database', 'apps/web/src/peek.ts', '@viernes/database'],
    ['a pure library imports the platform', 'libs/media/src/peek.ts', '@viernes/platform'],
    ['a service imports the gateway', 'apps/catalog/src/peek.ts', '@viernes/gateway'],
    ['the cli imports a service contract', 'apps/cli/src/peek.ts', '@viernes/contracts'],
    ['a service imports the benchmark', 'apps/user/src/peek.ts', '../../bench/src/measure.js'],
    ['a tool imports an app', 'tools/peek/main.ts', '../../apps/edge/src/config.js'],
    ['one app imports another', 'apps/edge/src/peek.ts', '../../video/src/main.js'],
    ['a service imports the monolith', 'apps/user/src/peek.ts', '../../monolith/src/config.js'],
    ['the edge imports the composition of a service', 'apps/edge/src/peek.ts', '@viernes/catalog/service'],
    ['the monolith imports the transcoder', 'apps/monolith/src/peek.ts', '../../transcoder/src/config.js'],
    ['an acceptance test imports an app', 'apps/acceptance/src/peek.ts', '../../catalog/src/main.js'],
  ])('reports that %s', (_, path, target) => {
    expect(findViolations(path, `import * as peek from '${target}';\nexport const seen = peek;\n`)).toContain(
      BOUNDARIES,
    );
  });

  it('allows only the monolith to compose apps', () => {
    const source = `import * as service from '@viernes/catalog/service';\nexport const seen = service;\n`;
    expect(findViolations('apps/monolith/src/peek.ts', source)).toEqual([]);
    expect(findViolations('apps/bench/src/peek.ts', source)).toContain(BOUNDARIES);
  });

  it('allows a service to import the database', () => {
    expect(
      findViolations(
        'apps/catalog/src/peek.ts',
        `import * as database from '@viernes/database';\nexport const seen = database;\n`,
      ),
    ).toEqual([]);
  });

  it('reports settings that are read outside a config file', () => {
    expect(findViolations('apps/catalog/src/peek.ts', 'export const port = process.env.PORT;\n')).toContain(
      'no-restricted-properties',
    );
  });
});
