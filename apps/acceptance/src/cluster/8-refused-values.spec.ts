import { helm, kubectl } from './command.js';
import { release } from './release.js';

const NAME = 'refused';

describe('an install that cannot work is refused, and says why', () => {
  // Helm keeps each revision in a Secret: none means that it did not even begin.
  afterEach(async () => {
    const left = await kubectl('get', 'secrets', '--selector', `owner=helm,name=${NAME}`, '--output', 'name');
    if (left !== '') await helm('uninstall', NAME, '--wait');
    expect(left).toBe('');
  });

  it.each([
    ['a misspelt value', { 'services.catalog.replcas': 2 }, ['services', 'catalog', 'replcas']],
    ['a misspelt section', { 'servces.catalog.replicas': 2 }, ['servces']],
    ['a misspelt value deep inside', { 'postgres.storage.sise': '1Gi' }, ['postgres', 'storage', 'sise']],
    ['a wrong type', { 'services.catalog.replicas': 'two' }, ['services', 'catalog', 'replicas', 'integer']],
    ['a value out of its range', { 'services.catalog.replicas': -1 }, ['services', 'catalog', 'replicas']],
  ])('%s', async (_, values, words) => {
    const { exitCode, stderr } = await release.tryInstall(NAME, values);
    expect(exitCode).not.toBe(0);
    for (const word of words) expect(stderr).toContain(word);
  });

  it.each([
    ['postgres', { 'external.postgres.enabled': true, 'external.postgres.existingSecret': 'film-night-database' }],
    ['the object store', { 'external.s3.enabled': true, 'external.s3.existingSecret': 'film-night-store' }],
    ['the editor', { 'editor.existingSecret': 'film-night-editor-of-old' }],
  ])('a missing Secret of %s', async (_, values) => {
    const { exitCode, stderr } = await release.tryInstall(NAME, {
      ...values,
      ...('external.s3.enabled' in values && { 'external.s3.endpoint': 'https://store.example' }),
    });
    expect(exitCode).not.toBe(0);
    const name = Object.values(values).find((value) => typeof value === 'string') ?? '';
    expect(stderr).toContain(String(name));
  });
});
