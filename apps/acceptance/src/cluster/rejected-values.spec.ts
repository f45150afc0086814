import { helm, kubectl } from './command.js';
import { release } from './release.js';

const NAME = 'rejected';

describe('install with invalid values', () => {
  // Helm stores each revision in a Secret. Without one, helm has not created any object.
  afterEach(async () => {
    const revisions = await kubectl('get', 'secrets', '--selector', `owner=helm,name=${NAME}`, '--output', 'name');
    if (revisions !== '') await helm('uninstall', NAME, '--wait');
    expect(revisions).toBe('');
  });

  it.each([
    ['an unknown value', { 'services.catalog.replcas': 2 }, ['services', 'catalog', 'replcas']],
    ['an unknown section', { 'servces.catalog.replicas': 2 }, ['servces']],
    ['an unknown nested value', { 'postgres.storage.sise': '1Gi' }, ['postgres', 'storage', 'sise']],
    ['a wrong type', { 'services.catalog.replicas': 'two' }, ['services', 'catalog', 'replicas', 'integer']],
    ['a value out of its range', { 'services.catalog.replicas': -1 }, ['services', 'catalog', 'replicas']],
    ['an Ingress without trusted proxies', { 'edge.ingress.enabled': true }, ['edge.trustedProxies', 'rate limit']],
  ])('rejects %s with an error that names it', async (_, values, words) => {
    const { exitCode, stderr } = await release.tryInstall(NAME, values);
    expect(exitCode).not.toBe(0);
    for (const word of words) expect(stderr).toContain(word);
  });

  it.each([
    ['postgres', { 'external.postgres.enabled': true, 'external.postgres.existingSecret': 'film-night-database' }],
    ['object storage', { 'external.s3.enabled': true, 'external.s3.existingSecret': 'film-night-store' }],
    ['the editor', { 'editor.existingSecret': 'film-night-editor-of-old' }],
    ['the sign-in providers', { 'signInProviders.existingSecret': 'film-night-providers' }],
  ])('rejects a missing Secret of %s with an error that names the Secret', async (_, values) => {
    const { exitCode, stderr } = await release.tryInstall(NAME, {
      ...values,
      ...('external.s3.enabled' in values && { 'external.s3.endpoint': 'https://store.example' }),
    });
    expect(exitCode).not.toBe(0);
    const name = Object.values(values).find((value) => typeof value === 'string') ?? '';
    expect(stderr).toContain(String(name));
  });
});
