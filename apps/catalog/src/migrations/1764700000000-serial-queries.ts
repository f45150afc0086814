import type { MigrationInterface, QueryRunner } from 'typeorm';

/** To start a parallel worker takes longer than most reads, also if the step that has it is skipped. */
export class SerialQueries1764700000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return this.alterDatabase(runner, 'SET max_parallel_workers_per_gather = 0');
  }

  down(runner: QueryRunner): Promise<void> {
    return this.alterDatabase(runner, 'RESET max_parallel_workers_per_gather');
  }

  private async alterDatabase(runner: QueryRunner, change: string): Promise<void> {
    await runner.query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I ${change}', current_database()); END $$`);
  }
}
