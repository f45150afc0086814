import { RelyingParty } from './relying-party.js';

describe('the relying party', () => {
  it.each([
    ['https://viernes.example/', 'viernes.example', 'https://viernes.example'],
    ['https://viernes.example:8443', 'viernes.example', 'https://viernes.example:8443'],
    ['http://localhost:8400', 'localhost', 'http://localhost:8400'],
    ['http://127.0.0.1:8400', 'localhost', 'http://localhost:8400'],
    ['http://[::1]:8400', 'localhost', 'http://localhost:8400'],
  ])('derives from the URL %s the relying party %s', (url, id, origin) => {
    expect(new RelyingParty(url)).toMatchObject({ id, origin });
  });
});
