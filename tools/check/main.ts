// Everything that must pass before a change lands: npm run check.
import { execa, ExecaError } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { INSTALL_FLAG } from '../backing/native/system-packages.ts';
import { checkExamples } from '../examples/toolchains.ts';
import { messageOf, readArguments } from '../terminal/script.ts';
import { audit } from './audit.ts';

const HELP = 'npm run check runs all checks and tests; -- --k8s also those on the current Kubernetes cluster.';
const { flags: options } = readArguments('check', HELP, ['k8s', 'install-system-packages']);
// All suites add their counts to one folder, so that the last line is the sum.
const counts = mkdtempSync(join(tmpdir(), 'viernes-counts-'));
process.env['VIERNES_TEST_COUNTS'] = counts;
process.on('exit', () => rmSync(counts, { recursive: true, force: true }));

const OPENAPI = 'apps/edge/openapi.json';
const INSTALL = options['install-system-packages'] ? ` ${INSTALL_FLAG}` : '';

async function run(command: string): Promise<void> {
  await execa({ shell: true, preferLocal: true, stdio: ['ignore', 'inherit', 'inherit'] })`${command}`;
}

/** @throws Error if a command has changed generated files */
async function assertUnchanged(paths: readonly string[], script: string): Promise<void> {
  const { stdout } = await execa('git', ['status', '--porcelain', '--', ...paths]);
  if (stdout !== '') throw new Error(`Generated files are out of date. Run npm run ${script} and commit:\n${stdout}`);
}

/** Compares with the newest release: a contract can change until it is released. */
async function checkProtos(): Promise<void> {
  await run('buf lint libs/contracts');
  const describe = ['describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*'];
  const { stdout: release, exitCode } = await execa('git', describe, { reject: false });
  if (exitCode !== 0) console.log('no release to compare with');
  else await run(`buf breaking libs/contracts --against ".git#tag=${release},subdir=libs/contracts"`);
}

async function checkGeneratedFiles(): Promise<void> {
  await run(`nx run-many -t build && node apps/edge/dist/openapi/write-openapi.js ${OPENAPI}`);
  await assertUnchanged([OPENAPI], 'openapi');
  await run('nx run-many -t codegen --skip-nx-cache');
  await assertUnchanged(['libs/contracts/src/gen', 'libs/api-client/src/gen'], 'codegen');
  await run('node libs/contracts/dist/docs/write-docs.js');
  await run('node apps/edge/dist/route-table/print-routes.js --page docs/routes.md');
  await assertUnchanged(['docs/events.md', 'docs/routes.md', 'libs/contracts/asyncapi.json'], 'docs');
}

/** Only warns, because other load on the machine also changes the ratios. */
async function checkPerformance(): Promise<void> {
  const options = '--seconds 1 --rounds 2 --titles 20000 --compare';
  await run(`node tools/bench/main.ts cached reads ${options}${INSTALL}`).catch((error: unknown) => {
    if (!(error instanceof ExecaError)) throw error;
    console.warn(pc.yellow('warning: the ratios were not measured'));
  });
}

const STEPS: Readonly<Record<string, string | (() => Promise<void>)>> = {
  format: 'prettier --check --log-level warn .',
  'proto files': checkProtos,
  'build and generated files': checkGeneratedFiles,
  types: 'npm run --silent typecheck',
  'lint, folder cycles, and the OpenAPI document': 'npm run --silent lint',
  'unused files, exports, and dependencies': 'knip',
  'known vulnerabilities': audit,
  'examples in other languages': checkExamples,
  chart: `node tools/chart/main.ts${options.k8s ? ' --server' : ''}`,
  tests: `node tools/test/main.ts${INSTALL}`,
  'acceptance tests of the monolith': `node tools/test/main.ts --monolith${INSTALL}`,
  'performance ratios (warns)': checkPerformance,
  ...(options.k8s && { 'tests on Kubernetes': 'node tools/test-k8s/main.ts' }),
};

const steps = Object.entries(STEPS);
for (const [index, [name, step]] of steps.entries()) {
  console.log(pc.bold(`\n[${index + 1}/${steps.length}] ${name}`));
  try {
    await (typeof step === 'string' ? run(step) : step());
  } catch (error) {
    // A command has already printed its errors.
    if (!(error instanceof ExecaError)) console.error(messageOf(error));
    console.error(pc.red(`\nfailed: ${name}`));
    process.exit(1);
  }
}
