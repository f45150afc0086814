import { config } from '../config.js';
import { Editor, allParts } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { apiClient, call, requireBody } from '../support/http.js';
import { processes, waitUntilPlatformIsReady } from '../support/processes.js';
import { ServiceDatabase } from '../support/service-database.js';
import { unique } from '../support/unique.js';
import { shortVideo, type VideoFile } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

type Service = 'catalog' | 'user' | 'video';

/** A change that the deletion makes in the database of a service, and the state of the deletion before it. */
type Change = readonly [change: string, before: string];

/** The changes of a deletion in each service, in order. The service is killed before each of them. */
const CHANGES: readonly (readonly [Service, readonly [Change, ...Change[]]])[] = [
  [
    'user',
    [
      ['INSERT ON account_deletion', 'the deletion is requested'],
      ['DELETE ON outbox', 'the request is published, but can be published again'],
      ['UPDATE ON account_deletion', 'the first confirmation is received'],
      ['DELETE ON account', 'the last confirmation is received'],
    ],
  ],
  [
    'video',
    [
      ['DELETE ON playback_session', 'the request is received'],
      ['DELETE ON upload', 'the objects are discarded'],
      ['INSERT ON outbox', 'the rows are deleted'],
      ['DELETE ON outbox', 'the confirmation is published, but can be published again'],
      ['DELETE ON discarded_object', 'an object is deleted, but its key is still stored'],
    ],
  ],
  [
    'catalog',
    [
      ['UPDATE ON change', 'the request is received'],
      ['INSERT ON outbox', 'the changes are anonymous'],
      ['DELETE ON outbox', 'the confirmation is published, but can be published again'],
    ],
  ],
];

describe('the deletion of an account', () => {
  let admin: Editor;
  let video: VideoFile;
  let titleId: string;
  const databases = new Map<Service, ServiceDatabase>();

  const findDatabase = (service: Service): ServiceDatabase => {
    const database = databases.get(service);
    if (!database) throw new Error(`no database of ${service}`);
    return database;
  };
  const signIn = ({ email }: Viewer) =>
    call(apiClient().POST('/v1/sessions', { body: { email, password: Viewer.password } }));
  const signUpAgain = ({ email }: Viewer) =>
    call(apiClient().POST('/v1/accounts', { body: { email, password: Viewer.password, profileName: 'Ana' } }));

  beforeAll(async () => {
    for (const service of ['catalog', 'user', 'video'] as const)
      databases.set(service, await ServiceDatabase.connect(service));
    const editor = await Editor.signIn();
    video = await shortVideo();
    titleId = (await editor.createReadyTitle(unique('Deletion'), video)).id;
    admin = await Editor.signIn(config.edgeUrl, config.adminEmail);
  });
  afterAll(async () => {
    for (const database of databases.values()) await database.close();
    await waitUntilPlatformIsReady();
  });

  /** Creates an account with rows in each database and bytes in object storage. @returns the URL of one part of them */
  async function createAccount(): Promise<{ owner: Viewer; partUrl: string }> {
    const { email, session } = await Viewer.signUp();
    const params = { path: { id: session.account.id } };
    requireBody(
      await call(apiClient(admin.token).PUT('/v1/accounts/{id}/role', { params, body: { role: 'editor' } })),
      200,
    );
    const owner = await Viewer.signIn(email);
    // The edge can still be reconnecting to a video service that was killed.
    await eventually(
      () => owner.play(titleId),
      () => true,
      { what: 'the edge reaches video' },
    );
    const editor = await Editor.signIn(config.edgeUrl, email, Viewer.password);
    await editor.createTitle(unique('Of a deleted account'));
    const upload = await editor.startUpload(titleId, video);
    await editor.sendParts(upload, video, allParts(upload));
    const [part] = await editor.presignParts(upload.id, [1]);
    return { owner, partUrl: new URL(part?.url ?? '', config.edgeUrl).href };
  }

  it.each(CHANGES)(
    'the deletion of an account finishes if %s is killed before each of its changes',
    async (service, changes) => {
      const { owner, partUrl } = await createAccount();
      const request = () =>
        call(apiClient(owner.token).POST('/v1/account/deletion', { body: { password: Viewer.password } }));
      const isMonolith = !(await processes.list()).some(({ name }) => name === service);
      const processName = isMonolith ? 'monolith' : service;
      const database = findDatabase(service);

      await database.pauseBefore(changes[0][0]);
      const firstResponse = request().catch(() => undefined);
      for (const [index, [change, before]] of changes.entries()) {
        await database.waitUntilPaused(before);
        await processes.kill(processName);
        await database.resume(change);
        const next = changes[index + 1];
        // Before the process starts, because it continues the deletion immediately.
        if (next) await database.pauseBefore(next[0]);
        await processes.start(processName);
        // A client repeats a request without a response.
        if (index === 0 && (await firstResponse)?.status !== 202)
          await eventually(request, ({ status }) => status === 202, { what: 'the deletion is requested' });
      }
      await waitUntilPlatformIsReady();

      await eventually(
        () => signIn(owner),
        ({ status }) => status === 401,
        { what: 'sign-ins are rejected' },
      );
      const ids = [owner.session.account.id, owner.profileId, owner.email];
      for (const [name, database] of databases) {
        const what = `${name} contains nothing of the account`;
        await eventually(
          () => database.findTables(...ids),
          (tables) => tables.length === 0,
          { what },
        );
      }
      const putPart = () => fetch(partUrl, { method: 'PUT', body: Uint8Array.from(video.bytes) });
      await eventually(putPart, ({ status }) => status === 404, { what: 'the bytes of the account do not exist' });
      await eventually(
        () => signUpAgain(owner),
        ({ status }) => status === 201,
        { what: 'the email is free' },
      );
    },
  );
});
