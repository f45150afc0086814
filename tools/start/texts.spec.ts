import { welcomeText } from './texts.ts';

describe('the text after a start', () => {
  const editor = { email: 'editor@viernes.example', password: 'secret' };

  it('names a URL at a domain, because passkeys do not work at an IP address', () => {
    expect(welcomeText('http://127.0.0.1:8400', editor)).toContain('http://localhost:8400');
  });
});
