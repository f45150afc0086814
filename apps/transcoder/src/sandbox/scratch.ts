import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { SANDBOX_CONFIG, type SandboxConfig } from './sandbox.config.js';

/** The worker's folder on disk. Later processes do not use its contents. */
@Injectable()
export class Scratch {
  readonly folder: string;
  readonly sourcesFolder: string;
  private readonly jobsFolder: string;

  constructor(@Inject(SANDBOX_CONFIG) config: Pick<SandboxConfig, 'SCRATCH_DIR'>) {
    this.folder = resolve(config.SCRATCH_DIR);
    this.sourcesFolder = resolve(config.SCRATCH_DIR, 'sources');
    this.jobsFolder = resolve(config.SCRATCH_DIR, 'jobs');
  }

  async clean(): Promise<void> {
    for (const folder of [this.sourcesFolder, this.jobsFolder]) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
    }
  }

  /** Creates a folder for one job and deletes it after `work`. */
  async withJobFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
    const folder = join(this.jobsFolder, randomUUID());
    await mkdir(folder, { recursive: true });
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
