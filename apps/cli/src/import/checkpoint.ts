import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';

const count = z.number().int().min(0);

const Checkpoint = z.object({
  /** The first line of the last row that the platform has stored. */
  line: count,
  rows: count,
  outcomes: z.object({ created: count, replaced: count, unchanged: count, rejected: count }),
  issues: z.record(z.string(), count),
});

/** The progress of an import. */
export type Checkpoint = z.infer<typeof Checkpoint>;

/** Stores the checkpoint of an import, so that it can be resumed after an interruption. */
export class CheckpointFile {
  readonly #path: string;

  /** @param identity everything that two runs must have in common: the content of the file, the platform, the options */
  constructor(
    private readonly dir: string,
    identity: readonly unknown[],
  ) {
    const name = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
    this.#path = join(dir, `${name}.json`);
  }

  async read(): Promise<Checkpoint | undefined> {
    try {
      return Checkpoint.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async write(checkpoint: Checkpoint): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    await writeFile(`${this.#path}.new`, JSON.stringify(checkpoint));
    await rename(`${this.#path}.new`, this.#path);
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}
