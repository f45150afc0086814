import { ARTWORK_URL } from './title-values.js';

describe('ARTWORK_URL', () => {
  it.each(['https://images.example.org', 'https://images.example.org:8443/a%20b.jpg?w=320#top', '/artwork/poster.jpg'])(
    'matches %j',
    (url) => {
      expect(url).toMatch(ARTWORK_URL);
    },
  );

  it.each([
    'http://images.example.org/a.jpg',
    'https://ada:secret@images.example.org/a.jpg',
    '//images.example.org/a.jpg',
    '/\\images.example.org/a.jpg',
    '/a b.jpg',
    "/a'b.jpg",
    '/a\u0000.jpg',
    '/é.jpg',
    '/',
    'a.jpg',
  ])('does not match %j', (url) => {
    expect(url).not.toMatch(ARTWORK_URL);
  });
});
