import { randomBytes, randomUUID } from 'node:crypto';
import { listGrpcMethods, type Caller } from '@viernes/platform';
import { newCaller, observeCall, type ObservedCall } from '@viernes/platform/testing';
import { DataSource } from 'typeorm';
import { startVideo, type TestVideo } from './testing/test-video.js';
import { completeAllJobs, startUpload, uploadAsset } from './testing/workflow.js';

/** The IDs of resources, and the tokens of those that Ada owns. */
interface Ids {
  readonly uploadId: string;
  readonly playbackId: string;
  readonly profileId: string;
  /** A title with an upload of the other account. */
  readonly titleId: string;
  readonly partToken: string;
  readonly playbackToken: string;
}

const UPLOAD = { code: 'UPLOAD_NOT_FOUND' };
const PLAYBACK = { code: 'PLAYBACK_NOT_FOUND' };
const renditionId = randomUUID();

interface Method {
  readonly call: (client: TestVideo['video'], ids: Ids) => Promise<unknown>;
  readonly outcome: object;
  /** False if the method rejects the call before it reads rows, or if a batch of several calls reads them. */
  readonly hasStatements?: false;
}

/** The methods with the ID of a resource of an account. */
const METHODS: Readonly<Record<string, Method>> = {
  getUpload: { call: (client, { uploadId }) => client.getUpload({ uploadId }), outcome: UPLOAD },
  listUploads: {
    call: (client, { titleId }) => client.listUploads({ titleId }),
    outcome: { response: { uploads: [] } },
  },
  presignUploadParts: {
    call: (client, { uploadId }) => client.presignUploadParts({ uploadId, partNumbers: [1] }),
    outcome: UPLOAD,
  },
  getPartLocation: {
    call: (client, { uploadId, partToken }) => client.getPartLocation({ uploadId, partNumber: 1, token: partToken }),
    outcome: UPLOAD,
    hasStatements: false,
  },
  completeUpload: { call: (client, { uploadId }) => client.completeUpload({ uploadId }), outcome: UPLOAD },
  abortUpload: { call: (client, { uploadId }) => client.abortUpload({ uploadId }), outcome: UPLOAD },
  startPlayback: {
    call: (client, { profileId }) => client.startPlayback({ profileId, titleId: randomUUID(), minimumAge: 0 }),
    outcome: { code: 'PROFILE_NOT_SELECTED' },
    hasStatements: false,
  },
  getMasterPlaylist: {
    call: (client, { playbackId, playbackToken: token }) => client.getMasterPlaylist({ playbackId, token }),
    outcome: PLAYBACK,
  },
  getMediaPlaylist: {
    call: (client, { playbackId, playbackToken: token }) => client.getMediaPlaylist({ playbackId, token, renditionId }),
    outcome: PLAYBACK,
  },
  getMediaLocation: {
    call: (client, { playbackId, playbackToken: token }) => client.getMediaLocation({ playbackId, token, renditionId }),
    outcome: PLAYBACK,
  },
  heartbeatPlayback: {
    call: (client, { playbackId }) => client.heartbeatPlayback({ playbackId, positionMs: 1 }),
    outcome: PLAYBACK,
    hasStatements: false,
  },
  endPlayback: {
    call: (client, { playbackId }) => client.endPlayback({ playbackId, positionMs: undefined }),
    outcome: PLAYBACK,
  },
};

/** Methods whose requests contain no ID of a resource of an account: they act for the account of the caller. */
const WITHOUT_ID = ['startUpload', 'createParty', 'exportAccount'];

/** Methods that each editor can call, because assets belong to the catalog. */
const SHARED_BY_EDITORS = ['getAsset', 'watchAsset'];

/** Methods whose calls the code of a party authorizes: see `party.int.spec.ts`. */
const SHARED_BY_CODE = ['getParty', 'joinParty'];

describe('the resources of another account', () => {
  let service: TestVideo;
  let ada: Caller;
  let foreign: Ids;
  let unknown: Ids;

  beforeAll(async () => {
    service = await startVideo();
    const profileId = randomUUID();
    ada = { ...newCaller('editor'), profileId };
    const eve = { ...newCaller('editor'), profileId: randomUUID() };
    const { titleId } = await uploadAsset(service, eve, { bytes: randomBytes(500) });
    await completeAllJobs(service);
    const watch = async (caller: typeof eve) => {
      const request = { titleId, profileId: caller.profileId, minimumAge: 0 };
      const { playback } = await service.as(caller, () => service.video.startPlayback(request));
      return { playbackId: playback?.id ?? '', playbackToken: playback?.token ?? '' };
    };
    const { playbackToken } = await watch({ ...ada, profileId });
    const { id: uploadId } = await startUpload(service, ada);
    const { parts } = await service.as(ada, () => service.video.presignUploadParts({ uploadId, partNumbers: [1] }));
    const tokens = { playbackToken, partToken: parts[0]?.token || 'none' };
    unknown = {
      ...tokens,
      uploadId: randomUUID(),
      playbackId: randomUUID(),
      profileId: randomUUID(),
      titleId: randomUUID(),
    };
    foreign = {
      ...tokens,
      uploadId: (await startUpload(service, eve, { titleId })).id,
      playbackId: (await watch(eve)).playbackId,
      profileId: eve.profileId,
      titleId,
    };
  });
  afterAll(() => service?.stop());

  const callAsAda = (method: string, ids: Ids): Promise<ObservedCall> =>
    observeCall(service.get(DataSource), ada, async () => METHODS[method]?.call(service.video, ids));

  it('lists each method of the service in one of these groups', () => {
    const methods = listGrpcMethods(service.app).filter((method) => method.service === 'VideoService');
    const listed = [...Object.keys(METHODS), ...WITHOUT_ID, ...SHARED_BY_EDITORS, ...SHARED_BY_CODE];
    expect(methods.map(({ method }) => method).toSorted()).toEqual(listed.toSorted());
  });

  it.each(Object.entries(METHODS))(
    '%s handles the resources of another account like unknown ones, with the same statements',
    async (method, { outcome, hasStatements = true }) => {
      const observed = await callAsAda(method, unknown);
      expect(await callAsAda(method, foreign)).toEqual(observed);
      expect(observed).toMatchObject(outcome);
      expect(observed.statements.length > 0).toBe(hasStatements);
    },
  );
});
