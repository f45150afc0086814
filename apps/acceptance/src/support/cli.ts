import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { config } from '../config.js';

const CLI = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

export interface ImportSummary {
  readonly exitCode: number;
  readonly rows: number;
  readonly outcomes: Readonly<Record<'created' | 'replaced' | 'unchanged' | 'rejected', number>>;
  /** The number of repaired, dropped, and rejected values, by their texts. */
  readonly issues: Readonly<Record<string, number>>;
}

/** Runs the built command of an operator, which only uses the HTTP API. */
export function runCli(...args: string[]): Promise<{ readonly exitCode: number; readonly stdout: string }> {
  const env = {
    EDGE_URL: config.edgeUrl,
    EDITOR_EMAIL: config.editorEmail,
    EDITOR_PASSWORD: config.editorPassword,
    IMPORT_STATE_DIR: tmpdir(),
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, ...args], { env }, (_error, stdout) =>
      resolve({ exitCode: child.exitCode ?? -1, stdout }),
    );
  });
}

/** Runs the command `import`. */
export async function importFile(...args: string[]): Promise<ImportSummary> {
  const { exitCode, stdout } = await runCli('import', ...args, '--json');
  return { ...(JSON.parse(stdout) as Omit<ImportSummary, 'exitCode'>), exitCode };
}
