import { setTimeout as delay } from 'node:timers/promises';
import { eventually, reserveBrokerProxy } from '@viernes/testing';
import { TestService } from './testing/test-service.js';

const CUTS = 15;

it('closes all connections to the broker at shutdown, including those that kafkajs lost track of', async () => {
  const broker = await reserveBrokerProxy();
  await broker.open();
  const service = await TestService.create();
  const app = await service.start({ brokers: [`127.0.0.1:${broker.port}`] });
  await service.add(app, 'a', 'first');
  await eventually(async () => (await service.applied()).length === 1);
  // Concurrent requests find their connection closed, as when the broker restarts.
  for (let cut = 0; cut < CUTS; cut += 1) {
    broker.cut();
    await service.add(app, 'a', String(cut));
    await delay(200);
  }
  await service.stop();
  await eventually(() => broker.connections === 0, { withinSeconds: 5 });
  await broker.close();
});
