// Builds the images, checks their sizes, and writes their SBOMs: npm run images [-- catalog edge]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import pc from 'picocolors';
import { runScript } from '../terminal/script.ts';
import { WORKSPACE } from '../workspace.ts';
import { findBuilder } from './builder.ts';
import { imageName, revision, selectApps, version } from './names.ts';
import { READ_CONTENTS, toSbom, type ImageContents } from './sbom.ts';

const SBOM_FOLDER = join(WORKSPACE, 'dist', 'sbom');

/**
 * Maximum size per image in MB (10^6 bytes), unpacked. Debian and Node.js have 205 MB. ffmpeg adds 225 MB, because
 * Debian builds it with all codecs. The image of cli also contains the list of seed titles.
 */
const MAX_SIZE_MB: Readonly<Record<string, number>> = { transcoder: 500, cli: 520 };
const DEFAULT_MAX_SIZE_MB = 350;

await runScript(async () => {
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
    const sbom = toSbom(image, contents);
    writeFileSync(join(SBOM_FOLDER, `${app}.cdx.json`), `${JSON.stringify(sbom, null, 2)}\n`);
    const maxSizeMb = MAX_SIZE_MB[app] ?? DEFAULT_MAX_SIZE_MB;
    const isTooLarge = sizeMb > maxSizeMb;
    const size = `${sizeMb.toFixed(0).padStart(4)} of ${maxSizeMb} MB`;
    const line = `${image.padEnd(38)} ${size}  ${String(sbom.components.length).padStart(4)} components  ${seconds.padStart(3)} s`;
    console.log(isTooLarge ? pc.red(`${line}  exceeds the limit in tools/images/main.ts`) : line);
    if (isTooLarge) process.exitCode = 1;
  }
  console.log(`Images built by ${builder.name}: ${apps.length}. SBOMs: ${relative(WORKSPACE, SBOM_FOLDER)}`);
});
