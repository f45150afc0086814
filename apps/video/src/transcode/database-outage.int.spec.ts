import { randomUUID } from 'node:crypto';
import { newCaller } from '@viernes/platform/testing';
import { createTestDatabase, eventually, TcpProxy, type TestDatabase } from '@viernes/testing';
import { startReplica, type TestVideo } from '../testing/test-video.js';
import { leaseJob, toLease, uploadAsset } from '../testing/workflow.js';

describe('leases when the database is unavailable', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let service: TestVideo;
  beforeAll(async () => {
    database = await createTestDatabase();
    const { hostname, port } = new URL(database.url);
    proxy = await TcpProxy.reserve(hostname, Number(port));
    await proxy.open();
    const url = new URL(database.url);
    url.host = `127.0.0.1:${proxy.port}`;
    service = await startReplica({ database: { ...database, url: url.href }, bucket: `video-${randomUUID()}` });
  });
  afterAll(async () => {
    await service?.stop();
    await proxy?.close();
    await database?.drop();
  });

  it('does not grant a lease that expired during the outage to another worker, so that no attempt is consumed', async () => {
    await uploadAsset(service, newCaller('editor'));
    const job = await leaseJob(service);
    await proxy.close();
    const heartbeat = () => service.transcode.heartbeatJob({ ...toLease(job), progress: 0.5 });
    await expect(heartbeat()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await database.query('UPDATE transcode_job SET lease_expires_at = now()');

    await proxy.open();
    // The first successful call proves that the service has reconnected.
    const other = await eventually(() => service.transcode.leaseJob({ workerId: 'other', waitSeconds: 0 }));
    expect(other.job).toBeUndefined();
    await expect(heartbeat()).resolves.toEqual({ leaseSeconds: 30 });
  });
});
