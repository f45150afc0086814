import { once } from 'node:events';
import { eventually } from '@viernes/testing';
import { register } from 'prom-client';
import { TestService } from './testing/test-service.js';

async function duplicates(): Promise<number> {
  const metric = await register.getSingleMetric('events_handled_total')?.get();
  return metric?.values.find(({ labels }) => labels['outcome'] === 'duplicate')?.value ?? 0;
}

describe('a consuming process', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await TestService.create();
  });
  afterEach(() => service.stop());

  it('a consumer that is killed between effect and commit has no effect, and another process applies the event once', async () => {
    const writer = await service.start({ consumes: false });
    const consumer = service.startProcess('stuck');
    await service.add(writer, 'a', 'before', 'now', 'behind');
    await once(consumer.stdout, 'data');
    expect(await service.applied()).toEqual(['before']);
    consumer.kill('SIGKILL');
    await service.start();
    await eventually(async () => expect(await service.applied()).toEqual(['before', 'now', 'behind']));
  });

  it('a consumer commits its transaction and offset at SIGTERM, and another process applies the other events', async () => {
    const writer = await service.start({ consumes: false });
    const consumer = service.startProcess('slow');
    await service.add(writer, 'a', 'before', 'now');
    await once(consumer.stdout, 'data');
    await service.add(writer, 'a', 'behind');
    consumer.kill('SIGTERM');
    expect(await once(consumer, 'exit')).toEqual([0, null]);
    expect((await service.applied()).slice(0, 2)).toEqual(['before', 'now']);
    const before = await duplicates();
    await service.start();
    await eventually(async () => expect(await service.applied()).toEqual(['before', 'now', 'behind']));
    expect(await duplicates()).toBe(before);
  });
});
