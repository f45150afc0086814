// Builds the images: npm run images [-- catalog edge]. Names and tags: images.ts; with what: builder.ts.
import { ExecaError } from 'execa';
import { findBuilder } from './builder.ts';
import { chosenApps, imageName, revision, version } from './images.ts';

async function main(): Promise<number> {
  const apps = chosenApps(process.argv.slice(2));
  const builder = await findBuilder();
  const common = { VERSION: process.env['IMAGE_TAG'] || version(), REVISION: await revision() };
  for (const app of apps) {
    const image = imageName(app, process.env);
    const startedAt = performance.now();
    await builder.build(image, { APP: app, ...common });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    console.log(
      `${image.padEnd(40)} ${((await builder.sizeBytes(image)) / 1e6).toFixed(0).padStart(5)} MB  ${seconds} s`,
    );
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof ExecaError ? `${error.shortMessage}\n${tail(error)}` : (error as Error).message);
  process.exitCode = 1;
}

function tail(error: ExecaError): string {
  return String(error.all ?? '')
    .split('\n')
    .slice(-30)
    .join('\n');
}
