// Builds the images, checks their sizes, and writes their SBOMs: npm run images [-- catalog edge]
import { ExecaError } from 'execa';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import pc from 'picocolors';
import { WORKSPACE } from '../workspace.ts';
import { findBuilder } from './builder.ts';
import { imageName, revision, selectApps, version } from './names.ts';
import { READ_CONTENTS, toSbom, type ImageContents } from './sbom.ts';
import { MAX_SIZE_MB } from './size-limits.ts';

const SBOM_FOLDER = join(WORKSPACE, 'dist', 'sbom');
const LAST_LINES = 30;

async function main(): Promise<void> {
  const apps = selectApps(process.argv.slice(2));
  const builder = await findBuilder();
  const labels = { VERSION: process.env['IMAGE_TAG'] || version(), REVISION: await revision() };
  mkdirSync(SBOM_FOLDER, { recursive: true });
  for (const app of apps) {
    const image = imageName(app, process.env);
    const startedAt = performance.now();
    await builder.build(image, { APP: app, ...labels });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    const sizeMb = (await builder.sizeBytes(image)) / 1e6;
    const contents = JSON.parse(await builder.runNode(image, READ_CONTENTS)) as ImageContents;
    const colon = image.lastIndexOf(':');
    const sbom = toSbom(image.slice(0, colon), image.slice(colon + 1), contents);
    writeFileSync(join(SBOM_FOLDER, `${app}.cdx.json`), `${JSON.stringify(sbom, null, 2)}\n`);
    const isTooLarge = sizeMb > MAX_SIZE_MB[app];
    const size = `${sizeMb.toFixed(0).padStart(4)} of ${MAX_SIZE_MB[app]} MB`;
    const line = `${image.padEnd(38)} ${size}  ${String(sbom.components.length).padStart(4)} components  ${seconds.padStart(3)} s`;
    console.log(isTooLarge ? pc.red(`${line}  exceeds the limit in tools/images/size-limits.ts`) : line);
    if (isTooLarge) process.exitCode = 1;
  }
  console.log(`${apps.length} images built by ${builder.name}. SBOMs: ${relative(WORKSPACE, SBOM_FOLDER)}`);
}

try {
  await main();
} catch (error) {
  if (error instanceof ExecaError) {
    console.error(
      [
        error.shortMessage,
        ...String(error.all ?? error.stderr)
          .split('\n')
          .slice(-LAST_LINES),
      ].join('\n'),
    );
  } else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
