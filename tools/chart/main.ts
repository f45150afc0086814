import { execa } from 'execa';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import pc from 'picocolors';
import { readArguments, runScript } from '../terminal/script.ts';
import { WORKSPACE } from '../workspace.ts';
import { CHART, goldenCases } from './files.ts';
import { findMissingRejections, kubeconformErrors, lintErrors, renderChart, renderNotes } from './render.ts';
import { serverErrors } from './server-dry-run.ts';
import { readValues, withValuesTables } from './values-table.ts';

const HELP = `npm run chart              checks helm/viernes: values, README, lint, golden renders
npm run chart -- --write   regenerates the tables of the README and the golden renders
npm run chart -- --server  also validates every object with the API server of the current kubectl context, in a dry run

Uses helm and, if available, kubeconform. KUBECONFORM_SCHEMAS sets its -schema-location.`;

const { flags: options } = readArguments('chart', HELP, ['write', 'server']);

function report(check: string, errors: readonly string[]): void {
  console.log(errors.length === 0 ? `  ${pc.green('ok')}  ${check}` : `  ${pc.red('no')}  ${check}`);
  for (const error of errors) console.log(`      ${error.replaceAll('\n', '\n      ')}`);
  if (errors.length > 0) process.exitCode = 1;
}

/** Compares a generated file with its expected text. With --write, updates it. */
function compare(path: string, expected: string): readonly string[] {
  const current = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (current === expected) return [];
  const name = relative(WORKSPACE, path);
  if (options.write) {
    writeFileSync(path, expected);
    console.log(`  ${pc.cyan('new')} ${name}`);
    return [];
  }
  return [`${name} is outdated. Update it and review the difference: npm run chart -- --write`];
}

function checkFiles(): void {
  const read = (name: string) => readFileSync(join(CHART, name), 'utf8');
  const values = readValues(read('values.yaml'));
  const undescribed = values.values.filter(({ meaning }) => meaning === undefined);
  report(
    `each of the ${values.values.length} values has a description`,
    undescribed.map(({ path }) => `values.yaml has no comment above ${path}`),
  );
  const readme = withValuesTables(read('README.md'), values);
  report('the README lists every value', compare(join(CHART, 'README.md'), readme));
}

async function checkRenders(): Promise<void> {
  let isValidated = true;
  for (const { name, values, rendered, notes } of goldenCases()) {
    const objects = await renderChart(values);
    const invalid = await kubeconformErrors(objects);
    isValidated &&= invalid !== undefined;
    const outdated = [...compare(rendered, objects), ...compare(notes, await renderNotes(values))];
    report(`golden ${name}`, [...(await lintErrors(values)), ...(invalid ?? []), ...outdated]);
  }
  if (!isValidated) console.log('      kubeconform or its schemas are missing: the renders were not validated');
  report('helm rejects invalid values, and names them', await findMissingRejections());
}

await runScript(async () => {
  checkFiles();
  const { exitCode } = await execa('helm', ['version'], { reject: false, stdio: 'ignore' });
  if (exitCode !== 0) return console.log('      helm is missing: nothing was rendered');
  await checkRenders();
  if (options.server) report('the API server accepts every object', await serverErrors(goldenCases()));
});
