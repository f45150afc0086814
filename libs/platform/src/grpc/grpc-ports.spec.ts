import 'reflect-metadata';
import { status } from '@grpc/grpc-js';
import { Controller, type INestMicroservice } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { transcodeV1, videoV1 } from '@viernes/contracts';
import { freePort } from '@viernes/testing';
import { currentContext, newTraceId, runInContext } from '../index.js';
import { Readiness } from '../health/readiness.js';
import { createLogger } from '../logging/logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { PlatformModule } from '../process/platform.module.js';
import { createGrpcService } from '../process/run-grpc-service.js';
import { Shutdown } from '../process/shutdown.js';
import { createGrpcClient } from './grpc-client.js';

/** Who the last call was for, by method. */
const callers = new Map<string, object>();

@Controller()
class Doors {
  @GrpcMethod('VideoService', 'endPlayback')
  endPlayback(): videoV1.EndPlaybackResponse {
    callers.set('endPlayback', currentContext());
    return {};
  }

  @GrpcMethod('TranscodeService', 'leaseJob')
  async leaseJob({ waitSeconds }: transcodeV1.LeaseJobRequest): Promise<transcodeV1.LeaseJobResponse> {
    callers.set('leaseJob', currentContext());
    await new Promise((resolve) => setTimeout(resolve, waitSeconds * 300));
    return { job: undefined };
  }
}

describe('a service with a port for workers', () => {
  const policy = { idempotent: [], timeoutMs: 5_000 };
  const editor = { traceId: newTraceId(), accountId: 'ada', sessionId: 's1', role: 'editor' as const };
  let service: INestMicroservice;
  let api: string;
  let workers: string;

  beforeAll(async () => {
    const [apiPort, workerPort] = [await freePort(), await freePort()];
    api = `dns:///127.0.0.1:${apiPort}`;
    workers = `dns:///127.0.0.1:${workerPort}`;
    const logger = createLogger('test', 'fatal');
    service = await createGrpcService(
      {
        config: {
          LOG_LEVEL: 'error',
          HEALTH_ADDRESS: { host: '127.0.0.1', port: 0 },
          GRPC_ADDRESS: { host: '127.0.0.1', port: apiPort },
          GRPC_MAX_CONNECTION_AGE_MS: 10_000,
          DRAIN_DELAY_MS: 0,
          DRAIN_TIMEOUT_MS: 1_000,
        },
        module: { module: class Root {}, controllers: [Doors] },
        definitions: { 'viernes.video.v1.VideoService': videoV1.VideoServiceService },
        workers: {
          address: { host: '127.0.0.1', port: workerPort },
          definitions: { 'viernes.video.v1.TranscodeService': transcodeV1.TranscodeServiceService },
        },
      },
      {
        logger,
        nestLogger: new NestLogger(logger),
        platform: PlatformModule.forProcess(new Readiness(), new Shutdown()),
      },
    );
    await service.listen();
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
    await service.close();
    await expect(leased).resolves.toBeUndefined();
    await expect(endPlayback(api)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });
});
