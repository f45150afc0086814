import { toApisTable } from './apis/apis-table.js';
import { BENCHES } from './benches.js';
import { toFanOutTable } from './fan-out/fan-out-table.js';
import { renderScale } from './model/scale-document.js';
import { toModesTable } from './monolith/modes-table.js';
import { toMarkdown, replaceSection } from './report/document.js';
import { toLine } from './report/format.js';
import { findRegressions } from './report/regression.js';
import { addToReport, readReport, writeReport } from './report/report.js';
import { HELP, parseArguments } from './run/arguments.js';
import type { Bench } from './run/bench.js';
import { toPlatform } from './run/platform.js';
import type { Row } from './run/row.js';
import { readSettings } from './run/settings.js';

const REFERENCE = 'apps/bench/reference.json';
const DOCUMENT = 'docs/performance.md';
const SCALE_DOCUMENT = 'docs/scale.md';
const APIS_DOCUMENT = 'docs/four-apis.md';
const MODES_DOCUMENT = 'docs/monolith.md';
const EVENTS_DOCUMENT = 'docs/live-events.md';

function readArguments() {
  try {
    return parseArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
    return process.exit(2);
  }
}

/** Exits with 2 for an unknown name. */
function selectBenches(names: readonly string[]): readonly Bench[] {
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length === 0) return names.length === 0 ? BENCHES : BENCHES.filter(({ name }) => names.includes(name));
  console.error(`Unknown bench: ${unknown.join(', ')}. Valid: ${BENCHES.map(({ name }) => name).join(', ')}.`);
  return process.exit(2);
}

const { names, options, isHelp, isUpdatingDocs, isComparing } = readArguments();
const benches = selectBenches(names);
if (isHelp) {
  console.log(`${HELP}\n\n${BENCHES.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`).join('\n')}`);
  process.exit(0);
}
const settings = readSettings(process.env);
const platform = toPlatform(settings);
const startedAt = performance.now();
const rows: Row[] = [];
for (const bench of benches) {
  const onStep = (text: string): void => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    console.log(`${seconds.padStart(4)} s  ${bench.name.padEnd(10)} ${text}`);
  };
  try {
    const measured = await bench.run({ options, platform, onStep });
    // A comparison is too short for the report.
    if (!isComparing) addToReport(settings.BENCH_REPORT, REFERENCE, bench.name, measured, options);
    rows.push(...measured);
  } catch (error) {
    // The other benches continue, because a complete run takes a long time.
    onStep(`FAILED: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
console.log(`\n${rows.map(toLine).join('\n')}`);
if (!isComparing) console.log(`\nReport: ${settings.BENCH_REPORT}`);

if (isComparing) {
  const reference = readReport(REFERENCE);
  if (!reference) console.warn(`WARNING: nothing to compare with: ${REFERENCE} does not exist`);
  const regressions = reference ? findRegressions(rows, reference) : [];
  for (const regression of regressions) console.warn(`WARNING: slower than the reference: ${regression}`);
}
if (isUpdatingDocs) {
  const report = readReport(settings.BENCH_REPORT);
  if (report === undefined) throw new Error(`${settings.BENCH_REPORT} does not exist`);
  writeReport(REFERENCE, report);
  if (rows.some(({ id }) => id.startsWith('model.'))) {
    for (const [name, text] of Object.entries(renderScale(report))) replaceSection(SCALE_DOCUMENT, name, text);
  }
  const ofBench = (name: string) => report.rows.filter(({ id }) => id.startsWith(`${name}.`));
  const [modes, apiRows] = [ofBench('monolith'), ofBench('apis')];
  const compared = report.rows.filter((row) => !modes.includes(row) && !apiRows.includes(row));
  replaceSection(DOCUMENT, 'targets', toMarkdown({ ...report, rows: compared }));
  if (apiRows.length > 0) replaceSection(APIS_DOCUMENT, 'apis', toApisTable(report));
  if (ofBench('fan-out').length > 0) replaceSection(EVENTS_DOCUMENT, 'fan-out', toFanOutTable(report));
  if (modes.length > 0) replaceSection(MODES_DOCUMENT, 'modes', toModesTable(report));
}
