// Builds the images, weighs them and writes what is in them: npm run images [-- catalog edge]. Names and tags: images.ts;
// with what: builder.ts; how large each may be: budget.ts.
import { ExecaError } from 'execa';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import pc from 'picocolors';
import { WORKSPACE } from '../workspace.ts';
import { BUDGET_MB } from './budget.ts';
import { findBuilder, type Builder } from './builder.ts';
import { readContents } from './image-contents.ts';
import { chosenApps, imageName, revision, version, type ImageApp } from './images.ts';
import { sbomOf } from './sbom.ts';

const SBOM_FOLDER = join(WORKSPACE, 'dist', 'sbom');

interface Built {
  readonly app: ImageApp;
  readonly image: string;
  readonly seconds: number;
  readonly sizeMb: number;
  readonly components: number;
}

async function build(builder: Builder, app: ImageApp, labels: Readonly<Record<string, string>>): Promise<Built> {
  const image = imageName(app, process.env);
  const startedAt = performance.now();
  await builder.build(image, { APP: app, ...labels });
  const seconds = (performance.now() - startedAt) / 1000;
  const sizeMb = (await builder.sizeBytes(image)) / 1e6;
  const colon = image.lastIndexOf(':');
  const sbom = sbomOf(image.slice(0, colon), image.slice(colon + 1), await readContents(builder, image));
  writeFileSync(join(SBOM_FOLDER, `${app}.cdx.json`), `${JSON.stringify(sbom, null, 2)}\n`);
  return { app, image, seconds, sizeMb, components: sbom.components.length };
}

function row({ app, image, seconds, sizeMb, components }: Built): string {
  const sizes = `${sizeMb.toFixed(0).padStart(4)} of ${BUDGET_MB[app]} MB`;
  const size = sizeMb > BUDGET_MB[app] ? pc.red(sizes) : sizes;
  return `${image.padEnd(38)} ${size}  ${String(components).padStart(4)} components  ${seconds.toFixed(0).padStart(3)} s`;
}

async function main(): Promise<number> {
  const apps = chosenApps(process.argv.slice(2));
  const builder = await findBuilder();
  const labels = { VERSION: process.env['IMAGE_TAG'] || version(), REVISION: await revision() };
  mkdirSync(SBOM_FOLDER, { recursive: true });
  const startedAt = performance.now();
  const all: Built[] = [];
  for (const app of apps) {
    const built = await build(builder, app, labels);
    all.push(built);
    console.log(row(built));
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(
    `${all.length} images by ${builder.name} in ${seconds} s; what is in them: ${relative(WORKSPACE, SBOM_FOLDER)}`,
  );
  const heavy = all.filter(({ app, sizeMb }) => sizeMb > BUDGET_MB[app]);
  for (const { app } of heavy) console.error(pc.red(`${app} is larger than tools/images/budget.ts allows`));
  return heavy.length === 0 ? 0 : 1;
}

const LAST_LINES = 30;

function endOf(error: ExecaError): string {
  const lines = String(error.all ?? error.stderr).split('\n');
  return [error.shortMessage, ...lines.slice(-LAST_LINES)].join('\n');
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof ExecaError ? endOf(error) : error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
