import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type TranscoderConfig } from '../config.js';

/** The worker's own folder on disk. What an earlier process left there is of no use to anybody. */
@Injectable()
export class Scratch {
  readonly sourcesFolder: string;
  private readonly jobsFolder: string;

  constructor(@Inject(CONFIG) config: Pick<TranscoderConfig, 'SCRATCH_DIR'>) {
    this.sourcesFolder = resolve(config.SCRATCH_DIR, 'sources');
    this.jobsFolder = resolve(config.SCRATCH_DIR, 'jobs');
  }

  async clean(): Promise<void> {
    for (const folder of [this.sourcesFolder, this.jobsFolder]) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
    }
  }

  /** Lends a fresh folder to one job. */
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
