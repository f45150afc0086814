import { execa } from 'execa';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import pc from 'picocolors';
import { typedOptions } from '../terminal/typed-options.ts';
import { WORKSPACE } from '../workspace.ts';
import { CHART, goldenCases, README, SCHEMA, VALUES } from './chart-files.ts';
import { Kubeconform } from './kubeconform.ts';
import { withValuesTable } from './readme.ts';
import { REFUSAL_COUNT, refusalFaults } from './refusals.ts';
import { helmIsThere, renderChart, renderNotes } from './render.ts';
import { drift, SchemaPaths } from './schema-paths.ts';
import { clusterAnswers, serverFaults } from './server-dry-run.ts';
import { readValues } from './values-table.ts';

const HELP = `npm run chart              checks helm/viernes: values, schema, README, lint, golden renders
npm run chart -- --write   makes the README's tables and the golden renders again
npm run chart -- --server  also asks the API server of the current kubectl context about every object, in a namespace
                           of its own that is deleted afterwards; nothing is created

helm is taken from the PATH, kubeconform too where it is there. KUBECONFORM_SCHEMAS is the -schema-location to use.`;

// What Kubernetes itself describes, and what Helm gives: a name misspelt there is for the API server to refuse.
const OPEN_ON_PURPOSE = [
  '/global',
  ...['nodeAffinity', 'podAffinity', 'podAntiAffinity'].map((kind) => `#/definitions/affinity/${kind}`),
];

const { values: options } = typedOptions('chart', {
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    write: { type: 'boolean', default: false },
    server: { type: 'boolean', default: false },
  },
});

const faults: string[] = [];

function report(what: string, found: readonly string[]): void {
  console.log(found.length === 0 ? `  ${pc.green('ok')}  ${what}` : `  ${pc.red('no')}  ${what}`);
  for (const fault of found) console.log(`      ${fault.replaceAll('\n', '\n      ')}`);
  faults.push(...found);
}

/** Keeps a file that is made from others: writes it, or says that it is old. */
function keep(path: string, text: string): readonly string[] {
  const old = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (old === text) return [];
  const name = relative(WORKSPACE, path);
  if (options.write) {
    writeFileSync(path, text);
    console.log(`  ${pc.cyan('new')} ${name}`);
    return [];
  }
  return [`${name} is not what its sources say, from line ${firstDifference(old, text)} on: npm run chart -- --write`];
}

function firstDifference(old: string, now: string): number {
  const lines = now.split('\n');
  return 1 + old.split('\n').findIndex((line, index, all) => line !== lines[index] || index === all.length - 1);
}

function checkFiles(): void {
  const schema = new SchemaPaths(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  const table = readValues(readFileSync(VALUES, 'utf8'), (path) => schema.isWhole(path));
  const { rows } = table;
  report(
    `each of the ${rows.length} values says what it means`,
    rows.filter(({ meaning }) => meaning === undefined).map(({ path }) => `no comment above ${path} in values.yaml`),
  );
  const paths = rows.map(({ path }) => path);
  report('values.yaml and values.schema.json have the same paths', drift(paths, schema.leaves()));
  const open = schema.openObjects().filter((place) => !OPEN_ON_PURPOSE.includes(place));
  report(
    'the schema is closed',
    open.map((place) => `values.schema.json takes any name in ${place}`),
  );
  report('the README lists every value', keep(README, withValuesTable(readFileSync(README, 'utf8'), table)));
}

async function lint(values: string): Promise<readonly string[]> {
  const { exitCode, all } = await execa('helm', ['lint', '--strict', CHART, '--values', values], {
    all: true,
    reject: false,
  });
  return exitCode === 0 ? [] : [all];
}

async function checkRenders(): Promise<void> {
  const kubeconform = new Kubeconform(process.env);
  const hasSchemas = await kubeconform.isThere();
  for (const { name, values, rendered, notes } of goldenCases()) {
    const text = await renderChart(values);
    const isValid = hasSchemas ? await kubeconform.faults(text) : [];
    const isKept = [...keep(rendered, text), ...keep(notes, await renderNotes(values))];
    report(`golden ${name}`, [...(await lint(values)), ...isValid, ...isKept]);
  }
  if (!hasSchemas)
    console.log('      no kubeconform with its schemas: the renders were not compared with those of Kubernetes');
  report(`helm refuses ${REFUSAL_COUNT} slips by their names`, await refusalFaults());
}

async function main(): Promise<void> {
  if (options.help) return console.log(HELP);
  checkFiles();
  if (!(await helmIsThere())) return console.log('      no helm on the PATH: nothing was rendered');
  await checkRenders();
  if (!options.server) return;
  if (!(await clusterAnswers())) return report('a cluster answers', ['kubectl version gets no answer']);
  const tell = (text: string) => console.log(`      ${text}`);
  report('the API server accepts every object', await serverFaults(goldenCases(), tell));
}

await main();
if (faults.length > 0) process.exitCode = 1;
