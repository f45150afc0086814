import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE_DIR } from '../../workspace.ts';

const COMPLETE = 'viernes-complete';

/** Returns a folder of this user's cache. The first call fills it; an incomplete folder counts as missing. */
export async function createCacheFolder(name: string, fill: (draft: string) => Promise<void>): Promise<string> {
  const folder = join(CACHE_DIR, name);
  if (existsSync(join(folder, COMPLETE))) return folder;
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    await fill(draft);
    await writeFile(join(draft, COMPLETE), '');
    // Another clone can have created the same folder in the meantime.
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(join(folder, COMPLETE))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}
