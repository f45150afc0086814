import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const workspace = fileURLToPath(new URL('../..', import.meta.url));

/** Lints source texts as if they were files. One process for all of them, because ESLint takes seconds to start. */
const LINT = `
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
const eslint = new ESLint();
const results = [];
for (const [filePath, source] of JSON.parse(await text(process.stdin))) results.push(await eslint.lintText(source, { filePath }));
console.log(JSON.stringify(results.map(([file]) => file?.messages.map(({ ruleId }) => ruleId) ?? [])));
`;

const BOUNDARIES = '@nx/enforce-module-boundaries';
const FORBIDDEN = [
  ['the web app imports the database', 'apps/web/src/peek.ts', '@viernes/database'],
  ['a pure library imports the platform', 'libs/media/src/peek.ts', '@viernes/platform'],
  ['a service imports the gateway', 'apps/catalog/src/peek.ts', '@viernes/gateway'],
  ['the cli imports a service contract', 'apps/cli/src/peek.ts', '@viernes/contracts'],
  ['a service imports the benchmark', 'apps/user/src/peek.ts', '../../bench/src/measure.js'],
  ['a tool imports an app', 'tools/peek/main.ts', '../../apps/edge/src/config.js'],
  ['one app imports another', 'apps/edge/src/peek.ts', '../../video/src/main.js'],
  ['a service imports the monolith', 'apps/user/src/peek.ts', '../../monolith/src/config.js'],
  ['the edge imports the composition of a service', 'apps/edge/src/peek.ts', '@viernes/catalog/service'],
  ['the benchmark imports the composition of a service', 'apps/bench/src/peek.ts', '@viernes/catalog/service'],
  ['the monolith imports the transcoder', 'apps/monolith/src/peek.ts', '../../transcoder/src/config.js'],
  ['an acceptance test imports an app', 'apps/acceptance/src/peek.ts', '../../catalog/src/main.js'],
] as const;
const ALLOWED = [
  ['the monolith composes a service', 'apps/monolith/src/peek.ts', '@viernes/catalog/service'],
  ['a service imports the database', 'apps/catalog/src/peek.ts', '@viernes/database'],
] as const;
const SETTING = ['apps/catalog/src/setting.ts', 'export const port = process.env.PORT;\n'] as const;

describe('the lint rules', () => {
  let violations: readonly (readonly string[])[];

  beforeAll(() => {
    const imports = [...FORBIDDEN, ...ALLOWED].map(([, path, target]) => [
      path,
      `import * as peek from '${target}';\nexport const seen = peek;\n`,
    ]);
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', LINT], {
      cwd: workspace,
      input: JSON.stringify([...imports, SETTING]),
      encoding: 'utf8',
    });
    violations = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as string[][];
  });

  it.each(FORBIDDEN.map(([name], index) => [name, index] as const))('the lint rules report that %s', (_, index) => {
    expect(violations[index]).toContain(BOUNDARIES);
  });

  it.each(ALLOWED.map(([name], index) => [name, index] as const))('the lint rules allow that %s', (_, index) => {
    expect(violations[FORBIDDEN.length + index]).toEqual([]);
  });

  it('reports settings that are read outside a config file', () => {
    expect(violations.at(-1)).toContain('no-restricted-properties');
  });
});
