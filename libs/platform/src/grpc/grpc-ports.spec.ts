import 'reflect-metadata';
import { status } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { transcodeV1, videoV1 } from '@viernes/contracts';
import { Access, currentContext, newTraceId, runInContext } from '../index.js';
import { startTestServer, type TestServer } from '../testing/index.js';
import { createGrpcClient } from './grpc-client.js';

/** Who the last call was for, by method. */
const callers = new Map<string, object>();

@Controller()
class Doors {
  @GrpcMethod('VideoService', 'endPlayback')
  @Access('public')
  endPlayback(): videoV1.EndPlaybackResponse {
    callers.set('endPlayback', currentContext());
    return {};
  }

  @GrpcMethod('TranscodeService', 'leaseJob')
  @Access('worker')
  async leaseJob({ waitSeconds }: transcodeV1.LeaseJobRequest): Promise<transcodeV1.LeaseJobResponse> {
    callers.set('leaseJob', currentContext());
    await new Promise((resolve) => setTimeout(resolve, waitSeconds * 300));
    return { job: undefined };
  }
}

describe('a service with a port for workers', () => {
  const policy = { idempotent: [], timeoutMs: 5_000 };
  const editor = { traceId: newTraceId(), accountId: 'ada', sessionId: 's1', role: 'editor' as const };
  let server: TestServer;
  let api: string;
  let workers: string;

  beforeAll(async () => {
    server = await startTestServer({
      module: { module: class Root {}, controllers: [Doors] },
      definitions: { 'viernes.video.v1.VideoService': videoV1.VideoServiceService },
      workerDefinitions: { 'viernes.video.v1.TranscodeService': transcodeV1.TranscodeServiceService },
    });
    ({ target: api, workerTarget: workers } = server);
  });

  const endPlayback = async (target: string) => {
    const client = createGrpcClient(videoV1.VideoServiceService, target, policy);
    await runInContext(editor, () => client.endPlayback({ playbackId: 'p1', positionMs: undefined })).finally(
      client.close,
    );
  };
  const leaseJob = async (target: string, waitSeconds = 0) => {
    const client = createGrpcClient(transcodeV1.TranscodeServiceService, target, policy);
    await runInContext(editor, () => client.leaseJob({ workerId: 'w1', waitSeconds })).finally(client.close);
  };

  it('answers on each port its own calls alone', async () => {
    const isUnknown = { cause: { code: status.UNIMPLEMENTED } };
    await expect(leaseJob(api)).rejects.toMatchObject(isUnknown);
    await expect(endPlayback(workers)).rejects.toMatchObject(isUnknown);
    await expect(endPlayback(api)).resolves.toBeUndefined();
    await expect(leaseJob(workers)).resolves.toBeUndefined();
  });

  it('believes on the port for workers nobody who says to be somebody', async () => {
    await endPlayback(api);
    await leaseJob(workers);
    expect(callers.get('endPlayback')).toMatchObject(editor);
    const { deadlineAt: _, ...worker } = callers.get('leaseJob') as { deadlineAt?: number };
    expect(worker).toEqual({ traceId: editor.traceId });
  });

  it('lets calls in flight on both ports end before it closes', async () => {
    callers.clear();
    const leased = leaseJob(workers, 1);
    while (!callers.has('leaseJob')) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.stop();
    await expect(leased).resolves.toBeUndefined();
    await expect(endPlayback(api)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });
});
