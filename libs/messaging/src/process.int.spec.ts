import { once } from 'node:events';
import { eventually } from '@viernes/testing';
import { register } from 'prom-client';
import { TestService } from './testing/test-service.js';

async function duplicates(): Promise<number> {
  const metric = await register.getSingleMetric('events_handled_total')?.get();
  return metric?.values.find(({ labels }) => labels['outcome'] === 'duplicate')?.value ?? 0;
}

describe('a process that reads', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await TestService.create();
  });
  afterEach(() => service.stop());

  it('killed between effect and commit leaves nothing behind: another one applies the event, once', async () => {
    const writer = await service.start({ reads: false });
    const reader = service.startProcess('dies');
    await service.add(writer, 'a', 'before', 'now', 'behind');
    await once(reader.stdout, 'data');
    expect(await service.applied()).toEqual(['before']);
    reader.kill('SIGKILL');
    await service.start();
    await eventually(async () => expect(await service.applied()).toEqual(['before', 'now', 'behind']));
  });

  it('told to stop finishes what it is doing, notes how far it came, and leaves the rest to the next one', async () => {
    const writer = await service.start({ reads: false });
    const reader = service.startProcess('waits');
    await service.add(writer, 'a', 'before', 'now');
    await once(reader.stdout, 'data');
    await service.add(writer, 'a', 'behind');
    reader.kill('SIGTERM');
    expect(await once(reader, 'exit')).toEqual([0, null]);
    expect((await service.applied()).slice(0, 2)).toEqual(['before', 'now']);
    const before = await duplicates();
    await service.start();
    await eventually(async () => expect(await service.applied()).toEqual(['before', 'now', 'behind']));
    expect(await duplicates()).toBe(before);
  });
});
