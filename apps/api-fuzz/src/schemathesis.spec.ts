import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installSchemathesis, PythonMissingError } from './schemathesis.js';

/** Accepts the commands of an installation, and installs nothing. */
const FAKE_PYTHON = `#!/bin/sh
case "$1 $2" in
  "-c "*) echo "$FAKE_PYTHON_VERSION"; exit "$FAKE_PYTHON_STATUS" ;;
  "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
esac
`;

describe('installSchemathesis', () => {
  const folder = mkdtempSync(join(tmpdir(), 'viernes-schemathesis-'));
  const cacheDir = join(folder, 'cache');
  const usePython = (version: string, status = 0): void => {
    vi.stubEnv('FAKE_PYTHON_VERSION', version);
    vi.stubEnv('FAKE_PYTHON_STATUS', String(status));
  };

  beforeAll(() => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'python3'), FAKE_PYTHON);
    chmodSync(join(bin, 'python3'), 0o755);
    vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH']}`);
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  it('creates one environment per Python version, because packages do not work with another one', async () => {
    usePython('3.11');
    const first = await installSchemathesis(cacheDir);
    expect(await installSchemathesis(cacheDir)).toBe(first);
    usePython('3.13');
    expect(await installSchemathesis(cacheDir)).not.toBe(first);
  });

  it('names the required version if Python is older', async () => {
    usePython('3.10', 1);
    const message = 'Python 3.11 or later with venv is missing. Install python3 and python3-venv.';
    await expect(installSchemathesis(join(folder, 'empty'))).rejects.toThrow(new PythonMissingError(message));
  });
});
