// Starts a separate platform on free ports and runs apps/bench against it: npm run bench [-- titles|events|transcode].
import { execa } from 'execa';
import { join } from 'node:path';
import { startBackingServices } from '../backing/start-backing-services.ts';
import { startPlatform } from '../platform/start-platform.ts';
import { freePorts } from '../settings.ts';
import { onSignals } from '../start/signals.ts';
import { createTestStateDir, dropStateDir } from '../test/test-state-dir.ts';
import { WORKSPACE } from '../workspace.ts';

const EDITOR = { email: 'bench@viernes.example', password: 'bench-of-the-platform' };
/** Higher than the load: the benchmark measures the platform, not its rate limiter. */
const overrides = { edge: { RATE_LIMIT_GENERAL_PER_MINUTE: '1000000000' } };

const stopping = new AbortController();
onSignals(
  () => stopping.abort(),
  () => process.exit(130),
);
await using cleanup = new AsyncDisposableStack();
const stateDir = await createTestStateDir();
cleanup.defer(() => dropStateDir(stateDir));
const ports = await freePorts();
const onProgress = (name: string, text: string) => console.log(`${name.padEnd(11)} ${text}`);
const backing = await startBackingServices({ stateDir, ports, onProgress });
cleanup.defer(() => backing.stop());
const platform = startPlatform({ env: backing.env, ports, stateDir, editor: EDITOR, overrides });
cleanup.defer(() => platform.stop());
await platform.whenReady();
const { exitCode } = await execa(process.execPath, ['apps/bench/dist/main.js', ...process.argv.slice(2)], {
  cwd: WORKSPACE,
  stdio: 'inherit',
  reject: false,
  cancelSignal: stopping.signal,
  env: {
    ...backing.env,
    EDGE_URL: platform.edgeUrl,
    EDITOR_EMAIL: EDITOR.email,
    EDITOR_PASSWORD: EDITOR.password,
    BENCH_REPORT: join(WORKSPACE, 'bench-report.json'),
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
  },
});
process.exitCode = exitCode ?? 130;
