import { apiClient, call, requireBody } from '../support/http.js';
import { eventually } from '../support/eventually.js';
import { processes, waitUntilPlatformIsReady } from '../support/processes.js';
import { Viewer } from '../support/viewer.js';

/** Services that have data of accounts. The monolith has no such processes. */
const SERVICES: readonly string[] = ['catalog', 'user', 'video'];

describe('the deletion of an account while services are down', () => {
  let viewer: Viewer;

  const signUpAgain = () => {
    const body = { email: viewer.email, password: Viewer.password, profileName: 'Ana' };
    return call(apiClient().POST('/v1/accounts', { body }));
  };
  const signIn = () =>
    call(apiClient().POST('/v1/sessions', { body: { email: viewer.email, password: Viewer.password } }));

  afterAll(() => waitUntilPlatformIsReady());

  it('ends sign-ins at once, and finishes after each service was killed and started again', async () => {
    viewer = await Viewer.signUp();
    const names = (await processes.list()).map(({ name }) => name).filter((name) => SERVICES.includes(name));
    const others = names.filter((name) => name !== 'user');
    for (const name of others) await processes.kill(name);
    const deletion = call(
      apiClient(viewer.token).POST('/v1/account/deletion', { body: { password: Viewer.password } }),
    );
    requireBody(await deletion, 202);
    expect((await signIn()).status).toBe(401);
    if (others.length > 0) expect((await signUpAgain()).status).toBe(409);

    // One after the other: the user service is killed while it waits for the second answer.
    for (const name of others) {
      await processes.start(name);
      if (names.includes('user')) await processes.kill('user');
      await processes.start('user');
    }
    await waitUntilPlatformIsReady();
    await eventually(signUpAgain, ({ status }) => status === 201, { what: 'the email is free' });
    expect((await signIn()).status).toBe(201);
  });
});
