import { readPorts } from '../settings.ts';
import { Run } from './run.ts';

/** A run that is stopped while it starts the apps. */
class InterruptedRun extends Run {
  protected override startAll(): Promise<void> {
    return this.stop();
  }
}

test('a run that is stopped while it starts the apps neither announces nor seeds the platform', async () => {
  onTestFinished(() => void vi.restoreAllMocks());
  const log = vi.spyOn(console, 'log').mockReturnValue();

  await new InterruptedRun({ stateDir: '', ports: readPorts({}), apps: [], withLogs: true, withSeed: false }).start();

  expect(log).not.toHaveBeenCalled();
});
