import { Transactions } from '@viernes/database';
import { eventually } from '@viernes/testing';
import { Outbox } from './outbox.js';
import { OutboxSession } from './outbox-session.js';
import { TestService } from '../testing/test-service.js';

describe('Outbox', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await TestService.create();
  });
  afterEach(() => service.stop());

  it('rejects a payload of more than 256 KiB', async () => {
    const app = await service.start({ consumes: false });
    await expect(service.add(app, 'ada', 'x'.repeat(256 * 1024))).rejects.toThrow(RangeError);
    expect(await service.database.query('SELECT 1 FROM outbox')).toEqual([]);
  });

  it('notifies a relay that waits, and a relay cannot start to wait before the commit of another transaction', async () => {
    let notifications = 0;
    // The leader, so that the relay of the service reads nothing.
    const relay = await OutboxSession.open(service.database.url, () => (notifications += 1));
    expect(await relay.tryLead()).toBe(true);
    const app = await service.start({ consumes: false });
    const countRows = async (): Promise<number> => (await relay.deleteAndRead([])).length;

    await service.add(app, 'ada', 'one');
    await service.add(app, 'ada', 'two', 'three');
    let commit = (): void => undefined;
    const committing = new Promise<void>((resolve) => (commit = resolve));
    let open: Promise<void> = Promise.resolve();
    await new Promise<void>((added) => {
      open = app.get(Transactions).run(async (tx) => {
        await app.get(Outbox).add(tx, service.event, { about: 'ada', note: 'four' });
        added();
        await committing;
      });
    });
    expect(await relay.tryRequestNotifications()).toBe(false);
    commit();
    await open;
    expect(await relay.tryRequestNotifications()).toBe(true);
    expect([await countRows(), notifications]).toEqual([4, 0]);

    await service.add(app, 'ada', 'five');
    await eventually(() => expect(notifications).toBe(1));
    await service.add(app, 'ada', 'six', 'seven');
    await eventually(() => expect(notifications).toBe(2));
    await relay.endNotifications();
    await service.add(app, 'ada', 'eight');
    expect([await countRows(), notifications]).toEqual([8, 2]);
    await relay.close();
  });
});
