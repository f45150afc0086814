import { TestService } from '../testing/test-service.js';

describe('Outbox', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.create();
  });
  afterAll(() => service.stop());

  it('rejects a payload of more than 256 KiB', async () => {
    const app = await service.start({ consumes: false });
    await expect(service.add(app, 'ada', 'x'.repeat(256 * 1024))).rejects.toThrow(RangeError);
    expect(await service.database.query('SELECT 1 FROM outbox')).toEqual([]);
  });
});
