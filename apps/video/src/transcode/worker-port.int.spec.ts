import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { transcodeV1, videoV1 } from '@viernes/contracts';
import { createGrpcClient } from '@viernes/platform';
import { newActor, startVideo, type RunningVideo } from '../testing/video-service.js';

const isUnknown = { cause: { code: status.UNIMPLEMENTED } };
const policy = { idempotent: [], timeoutMs: 5_000 };

describe('the port for workers', () => {
  let running: RunningVideo;
  beforeAll(async () => (running = await startVideo()));
  afterAll(() => running.stop());

  it('does not know what the edge may ask', async () => {
    const video = createGrpcClient(videoV1.VideoServiceService, running.addresses.workers, policy);
    const asked = running.as(newActor('editor'), () => video.getAsset({ assetId: randomUUID() }));
    await expect(asked).rejects.toMatchObject(isUnknown);
    video.close();
  });

  it('is the only one that leases jobs', async () => {
    const transcode = createGrpcClient(transcodeV1.TranscodeServiceService, running.addresses.api, policy);
    await expect(transcode.leaseJob({ workerId: 'w', waitSeconds: 0 })).rejects.toMatchObject(isUnknown);
    transcode.close();
    await expect(running.transcode.leaseJob({ workerId: 'w', waitSeconds: 0 })).resolves.toEqual({ job: undefined });
  });
});
