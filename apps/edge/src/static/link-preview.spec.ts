import { exampleTitle } from '../title/title.schema.js';
import { insertPreview, previewPerson, previewTitle } from './link-preview.js';

const HTML = `<html lang="en"><head>
    <meta name="description" content="Viernes" />
    <title>Viernes</title>
  </head>`;

const details = {
  ...exampleTitle,
  genres: ['Drama'],
  directors: [],
  artwork: [],
  externalId: null,
  countries: [],
  languages: [],
  addedOn: null,
  availability: [],
  credits: [],
  revision: 1,
  updatedAt: exampleTitle.createdAt,
};

describe('previewTitle', () => {
  it('describes a film, and prefers its backdrop', () => {
    const image = (kind: 'poster' | 'backdrop') => ({
      kind,
      url: `/artwork/${kind}.jpg`,
      widthPx: 2,
      heightPx: 3,
      alternativeText: kind,
    });
    expect(previewTitle({ ...details, artwork: [image('poster'), image('backdrop')] }, 'en')).toMatchObject({
      type: 'video.movie',
      name: 'Metropolis (1927)',
      description: exampleTitle.synopsis,
      path: '/titles/metropolis-1927',
      image: { url: '/artwork/backdrop.jpg' },
    });
  });

  it('shortens a long synopsis between two words', () => {
    const { description } = previewTitle({ ...details, kind: 'series', synopsis: 'A long story. '.repeat(40) }, 'en');
    expect(description).toMatch(/^A long story\. .*\b(A|long|story\.)…$/);
    expect(description.length).toBeLessThanOrEqual(201);
  });

  it.each([
    ['en', 'Comedy, Telenovela'],
    ['es', 'Comedia y Telenovela'],
  ])('names the genres of a title without a synopsis in the language %s', (language, description) => {
    const title = { ...details, synopsis: '', genres: ['Comedy', 'Telenovela'] };
    expect(previewTitle(title, language)).toMatchObject({ description });
  });
});

describe('previewPerson', () => {
  it.each([
    ['en', 'Director, Writer, 12 titles'],
    ['es', 'Dirección, Guion y 12 títulos'],
  ])('names the roles and the number of titles in the language %s', (language, description) => {
    const person = { id: details.id, name: 'Fritz Lang', slug: 'fritz-lang', titleCount: 12, revision: 1 };
    expect(previewPerson({ ...person, roles: ['director', 'writer'] }, language)).toMatchObject({
      type: 'profile',
      description,
      path: '/people/fritz-lang',
    });
  });
});

describe('insertPreview', () => {
  it('replaces the title and the description, with complete URLs', () => {
    const image = { url: '/artwork/1.jpg', alternativeText: 'A city' };
    const html = insertPreview(HTML, { ...previewTitle(details, 'en'), image }, 'https://viernes.example');
    expect(html.match(/<title>.*<\/title>/g)).toEqual(['<title>Metropolis (1927) · Viernes</title>']);
    expect(html.match(/name="description"/g)).toHaveLength(1);
    expect(html).toContain('<meta property="og:url" content="https://viernes.example/titles/metropolis-1927" />');
    expect(html).toContain('<meta property="og:image" content="https://viernes.example/artwork/1.jpg" />');
    expect(html).toContain('<meta name="twitter:card" content="summary_large_image" />');
  });

  it('states the language of the page', () => {
    const html = insertPreview(HTML, previewTitle(details, 'es'), 'https://viernes.example');
    expect(html).toContain('<html lang="es">');
    expect(html).toContain('<meta property="og:locale" content="es_ES" />');
  });

  it('escapes text of editors, and does not expand replacement patterns in it', () => {
    const name = `"><script>alert('$&')</script>&amp;`;
    const html = insertPreview(
      HTML,
      previewTitle({ ...details, name, releaseYear: null }, 'en'),
      'https://viernes.example',
    );
    const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;$&amp;&#39;)&lt;/script&gt;&amp;amp;';
    expect(html).toContain(`<title>${escaped} · Viernes</title>`);
    expect(html).toContain(`<meta property="og:title" content="${escaped}" />`);
    expect(html).not.toContain('<script>');
  });
});
