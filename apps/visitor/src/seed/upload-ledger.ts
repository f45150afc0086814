import { readFile, rename, writeFile } from 'node:fs/promises';

/**
 * Which upload was opened for which demo film, in a file: the next run goes on where a killed one stopped, instead of
 * sending the same film a second time.
 */
export class UploadLedger {
  readonly #path: string;
  readonly #uploadIds: Record<string, string>;

  private constructor(path: string, uploadIds: Record<string, string>) {
    this.#path = path;
    this.#uploadIds = uploadIds;
  }

  static async open(path: string): Promise<UploadLedger> {
    try {
      return new UploadLedger(path, JSON.parse(await readFile(path, 'utf8')) as Record<string, string>);
    } catch {
      // Absent, or half a file from a full disk: the cost is one film sent again.
      return new UploadLedger(path, {});
    }
  }

  find(titleId: string): string | undefined {
    return this.#uploadIds[titleId];
  }

  async remember(titleId: string, uploadId: string): Promise<void> {
    this.#uploadIds[titleId] = uploadId;
    await writeFile(`${this.#path}.unfinished`, JSON.stringify(this.#uploadIds, null, 2));
    await rename(`${this.#path}.unfinished`, this.#path);
  }
}
