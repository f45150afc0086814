import { readFileSync } from 'node:fs';
import { status } from '@grpc/grpc-js';
import { listDeclaredConsumers, transcodeV1, videoV1 } from '@viernes/contracts';
import { checkMigrationDrift, findBreakingChanges } from '@viernes/database';
import { HandlerRegistry } from '@viernes/messaging';
import { findUndeclaredMethods, listGrpcMethods } from '@viernes/platform';
import { newCaller } from '@viernes/platform/testing';
import { backing, parseDocumentedSettings, toSettings } from '@viernes/testing';
import { Env } from './config.js';
import { ENTITIES, MIGRATIONS } from './schema.js';
import { startVideo, type TestVideo } from './testing/test-video.js';

const UNIMPLEMENTED = { cause: { code: status.UNIMPLEMENTED } };

describe('the video service', () => {
  let service: TestVideo;
  beforeAll(async () => {
    service = await startVideo();
  });
  afterAll(() => service?.stop());

  const listAccess = (name: string) => {
    const methods = listGrpcMethods(service.app).filter((method) => method.service === name);
    return Object.fromEntries(methods.map(({ method, access }) => [method, access]));
  };

  it('declares the access to each of its gRPC methods', () => {
    expect(findUndeclaredMethods(service.app)).toEqual([]);
    expect(listAccess('VideoService')).toEqual({
      startUpload: 'editor',
      presignUploadParts: 'account',
      getUpload: 'account',
      listUploads: 'account',
      getPartLocation: 'public',
      completeUpload: 'account',
      abortUpload: 'account',
      getAsset: 'editor',
      watchAsset: 'editor',
      startPlayback: 'account',
      getMasterPlaylist: 'public',
      getMediaPlaylist: 'public',
      getMediaLocation: 'public',
      heartbeatPlayback: 'account',
      endPlayback: 'account',
      createParty: 'account',
      getParty: 'account',
      joinParty: 'account',
      exportAccount: 'account',
    });
    expect(listAccess('TranscodeService')).toEqual({
      leaseJob: 'worker',
      heartbeatJob: 'worker',
      renewJobUrls: 'worker',
      completeJob: 'worker',
      failJob: 'worker',
      releaseJob: 'worker',
      reportSpans: 'worker',
    });
  });

  it('serves no method of the edge on the worker port', async () => {
    const video = service.workerClient(videoV1.VideoServiceService);
    const call = service.as(newCaller('editor'), () => video.getAsset({ assetId: '' }));
    await expect(call).rejects.toMatchObject(UNIMPLEMENTED);
  });

  it('leases jobs only on the worker port', async () => {
    const request = { workerId: 'worker', waitSeconds: 0 };
    const transcode = service.client(transcodeV1.TranscodeServiceService);
    await expect(transcode.leaseJob(request)).rejects.toMatchObject(UNIMPLEMENTED);
    await expect(service.transcode.leaseJob(request)).resolves.toEqual({ job: undefined });
  });

  it('handles exactly the events that the event registry declares', () => {
    const { handlers } = service.get(HandlerRegistry);
    const consumers = handlers.map(({ consumer, event: { type } }) => `${type} ${consumer}`);
    expect(consumers.toSorted()).toEqual(listDeclaredConsumers('video'));
  });

  it('documents every setting with its default in the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(parseDocumentedSettings(readme)).toEqual(toSettings(Env));
  });

  it('creates exactly the schema of the entities', async () => {
    const options = { url: backing().postgresUrl, entities: ENTITIES, migrations: MIGRATIONS };
    expect(await checkMigrationDrift(options)).toEqual([]);
  });

  it('contains no migration that breaks replicas of the previous version', async () => {
    expect(await findBreakingChanges(MIGRATIONS)).toEqual([]);
  });
});
