import 'reflect-metadata';
import { status } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { transcodeV1, videoV1 } from '@viernes/contracts';
import { Access, currentContext, newTraceId, runInContext } from '../index.js';
import { startTestServer, type TestServer } from '../testing/index.js';
import { createGrpcClient } from './grpc-client.js';

/** The context of the last call by method. */
const contexts = new Map<string, object>();

@Controller()
class BothPorts {
  @GrpcMethod('VideoService', 'endPlayback')
  @Access('public')
  endPlayback(): videoV1.EndPlaybackResponse {
    contexts.set('endPlayback', currentContext());
    return {};
  }

  @GrpcMethod('TranscodeService', 'leaseJob')
  @Access('worker')
  async leaseJob({ waitSeconds }: transcodeV1.LeaseJobRequest): Promise<transcodeV1.LeaseJobResponse> {
    contexts.set('leaseJob', currentContext());
    await new Promise((resolve) => setTimeout(resolve, waitSeconds * 300));
    return { job: undefined };
  }
}

const CLIENT = { address: '192.0.2.7', userAgent: 'Firefox/140.0' };

describe('a service with a worker port', () => {
  const policy = { idempotent: [], timeoutMs: 5_000 };
  const editor = { traceId: newTraceId(), accountId: 'ada', sessionId: 's1', role: 'editor' as const, client: CLIENT };
  let server: TestServer;
  let api: string;
  let workers: string;

  beforeAll(async () => {
    server = await startTestServer({
      module: { module: class Root {}, controllers: [BothPorts] },
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

  it('serves each method only on its own port', async () => {
    const isUnimplemented = { cause: { code: status.UNIMPLEMENTED } };
    await expect(leaseJob(api)).rejects.toMatchObject(isUnimplemented);
    await expect(endPlayback(workers)).rejects.toMatchObject(isUnimplemented);
    await expect(endPlayback(api)).resolves.toBeUndefined();
    await expect(leaseJob(workers)).resolves.toBeUndefined();
  });

  it('ignores caller metadata on the worker port', async () => {
    await endPlayback(api);
    await leaseJob(workers);
    expect(contexts.get('endPlayback')).toMatchObject(editor);
    const { deadlineAt: _, ...worker } = contexts.get('leaseJob') as { deadlineAt?: number };
    expect(worker).toEqual({ traceId: editor.traceId });
  });

  it('finishes calls in flight on both ports before it closes', async () => {
    contexts.clear();
    const leased = leaseJob(workers, 1);
    while (!contexts.has('leaseJob')) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.stop();
    await expect(leased).resolves.toBeUndefined();
    await expect(endPlayback(api)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });
});
