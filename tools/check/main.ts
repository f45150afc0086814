import { execa, ExecaError } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { audit } from './audit.ts';
import { baseRevision } from './base-revision.ts';

interface Step {
  readonly name: string;
  readonly run: () => Promise<void>;
}

const GENERATED = ['libs/contracts/src/gen', 'libs/api-client/src/gen'];
const OPENAPI = 'apps/edge/openapi.json';
const EVENTS_PAGE = 'docs/events.md';

/** Also the demonstrations on the current Kubernetes cluster. */
const withCluster = process.argv.includes('--k8s');
if (withCluster) {
  // Both suites count into one folder, so that the last line is the sum of all.
  const counts = mkdtempSync(join(tmpdir(), 'viernes-counts-'));
  process.env['VIERNES_TEST_COUNTS'] = counts;
  process.on('exit', () => rmSync(counts, { recursive: true, force: true }));
}

async function run(command: string, ...args: string[]): Promise<void> {
  await execa(command, args, { stdio: ['ignore', 'inherit', 'inherit'], preferLocal: true });
}

/** @throws Error when making the files again made them different from what is committed */
async function expectUnchanged(path: string, mend: string): Promise<void> {
  const { stdout } = await execa('git', ['status', '--porcelain', '--', path]);
  if (stdout !== '') throw new Error(`${path} is not what its source says: run ${mend} and commit\n${stdout}`);
}

const STEPS: readonly Step[] = [
  {
    name: 'generated code is what the proto files say',
    run: async () => {
      await run('nx', 'run-many', '-t', 'codegen', '--skip-nx-cache');
      for (const folder of GENERATED) await expectUnchanged(folder, 'npm run codegen');
    },
  },
  {
    name: 'proto files are well-formed and only grow',
    run: async () => {
      await run('buf', 'lint', 'libs/contracts');
      const base = await baseRevision();
      if (base === undefined) console.log('no earlier commit to compare with: this is the first');
      else await run('buf', 'breaking', 'libs/contracts', '--against', `.git#ref=${base},subdir=libs/contracts`);
    },
  },
  { name: 'format', run: () => run('prettier', '--check', '--log-level', 'warn', '.') },
  { name: 'build', run: () => run('nx', 'run-many', '-t', 'build') },
  {
    name: 'types, of tests and tools too',
    run: async () => {
      await run('nx', 'run-many', '-t', 'typecheck');
      await run('tsc', '-p', 'tsconfig.specs.json');
      await run('tsc', '-p', 'tools');
    },
  },
  { name: 'lint', run: () => run('nx', 'run-many', '-t', 'lint') },
  { name: 'nothing that nobody uses', run: () => run('knip') },
  { name: 'no known hole in what runs in production', run: audit },
  {
    name: 'the OpenAPI file is what the edge says',
    run: async () => {
      await run('node', 'apps/edge/dist/openapi/write-openapi.js', OPENAPI);
      await expectUnchanged(OPENAPI, `node apps/edge/dist/openapi/write-openapi.js ${OPENAPI}`);
      await run('nx', 'run', '@viernes/edge:openapi-lint');
    },
  },
  {
    name: 'the page of events is what the contracts say',
    run: async () => {
      await run('node', 'tools/docs/main.ts');
      await expectUnchanged(EVENTS_PAGE, 'npm run docs');
    },
  },
  { name: 'the chart', run: () => run('node', 'tools/chart/main.ts', ...(withCluster ? ['--server'] : [])) },
  // Last, so that the line with its counts is the last line. Migrations are compared with entities there.
  { name: 'test', run: () => run('node', 'tools/test/main.ts') },
  ...(withCluster ? [{ name: 'shown on Kubernetes', run: () => run('node', 'tools/test-k8s/main.ts') }] : []),
];

for (const [index, { name, run: check }] of STEPS.entries()) {
  console.log(pc.bold(`\n[${index + 1}/${STEPS.length}] ${name}`));
  try {
    await check();
  } catch (error) {
    // A command has said on the terminal what is wrong.
    if (!(error instanceof ExecaError)) console.error(error instanceof Error ? error.message : error);
    console.error(pc.red(`\nfailed: ${name}`));
    process.exit(1);
  }
}
