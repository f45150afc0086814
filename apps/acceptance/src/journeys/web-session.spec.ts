import { openUserPerTest } from '../support/browser-user.js';
import { uniqueEmail } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

describe('sessions in the web app', () => {
  const user = openUserPerTest();

  it('states the password length that the API requires before the form is sent', async () => {
    await user().submitSignUp('Bea', uniqueEmail(), '9 letters');
    const password = user().page.getByLabel('Password');
    await user().page.getByText('Use at least 10 characters.').waitFor();
    expect(await password.evaluate((input) => (input as HTMLInputElement).validity.tooShort)).toBe(true);
  });

  it('shows a plain message next to the field that the API rejects', async () => {
    // Browsers accept an email without a top-level domain, the API does not.
    await user().submitSignUp('Bea', 'bea@localhost', Viewer.password);
    const email = user().page.getByLabel('Email');
    await user().page.getByText('Enter a valid email address.').waitFor();
    expect(await email.getAttribute('aria-invalid')).toBe('true');
    const describedBy = await email.getAttribute('aria-describedby');
    expect(await user().page.locator(`[id="${describedBy}"]`).textContent()).toBe('Enter a valid email address.');
    expect(
      await user()
        .page.getByText(/email:|Invalid|must match/)
        .count(),
    ).toBe(0);
  });

  it('renews the session and repeats the request when the edge rejects an access token', async () => {
    const { page } = user();
    await user().signUp('Bea', uniqueEmail(), Viewer.password);
    await user().link('Browse').click();
    await user().heading('Browse titles').waitFor();
    await page.route(
      '**/v1/home?profileId=*',
      (route) =>
        route.fulfill({
          status: 401,
          contentType: 'application/problem+json',
          body: JSON.stringify({ title: 'Authentication is required', status: 401, code: 'UNAUTHENTICATED' }),
        }),
      { times: 1 },
    );
    const renewal = page.waitForResponse((response) => response.url().endsWith('/v1/sessions/refresh'));
    await user().link('Home').click();
    expect((await renewal).status()).toBe(200);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
  });
});
