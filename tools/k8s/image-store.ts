import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBuilder } from '../images/builder.ts';
import { run } from './programs.ts';

/** Where npm run images left its images. */
export interface ImageStore {
  readonly engine: 'docker' | 'buildah';
  /** Changes whenever what is in the image does; undefined: there is no such image. */
  id(image: string): Promise<string | undefined>;
  /** Calls `use` with a file that holds the image, and removes it afterwards. */
  withArchive(image: string, use: (file: string) => Promise<void>): Promise<void>;
}

/** @throws Error when nothing here builds images */
export async function findImageStore(): Promise<ImageStore> {
  const engine = (await findBuilder()).name === 'docker' ? 'docker' : 'buildah';
  const inspect =
    engine === 'docker'
      ? ['docker', 'image', 'inspect', '--format', '{{.Id}}']
      : ['buildah', 'inspect', '--type', 'image', '--format', '{{.FromImageID}}'];
  return {
    engine,
    async id(image) {
      const [program = '', ...args] = inspect;
      const { exitCode, stdout } = await run(program, [...args, image], { reject: false });
      return exitCode === 0 ? stdout.trim().replace(/^sha256:/, '') : undefined;
    },
    async withArchive(image, use) {
      const folder = mkdtempSync(join(tmpdir(), 'viernes-image-'));
      const file = join(folder, 'image.tar');
      const save =
        engine === 'docker'
          ? ['docker', 'save', '--output', file, image]
          : ['buildah', 'push', '--quiet', image, `docker-archive:${file}:${image}`];
      try {
        const [program = '', ...args] = save;
        await run(program, args);
        await use(file);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
