import { readConfig } from './config.js';

describe('readConfig', () => {
  it.each([
    ['id.example', 'Invalid URL'],
    ['ftp://id.example', 'Invalid URL'],
    ['http://id.example', 'must be an https: URL'],
  ])('reports the issuer %s of a sign-in provider as invalid', (issuer, reason) => {
    const provider = { id: 'example', name: 'Example', issuer, clientId: 'viernes', clientSecret: 'secret' };
    const env = { OIDC_PROVIDERS: JSON.stringify([provider]) };
    expect(() => readConfig(env)).toThrow(`OIDC_PROVIDERS.0.issuer: ${reason}`);
  });

  it('reports the missing setting of a mail transport together with other invalid settings', () => {
    const env = { DATABASE_URL: 'mysql://example', MAIL_TRANSPORT: 'file' };
    expect(() => readConfig(env)).toThrow(/DATABASE_URL[^]*MAIL_DIR: must be set for MAIL_TRANSPORT=file/);
  });

  it('reports an invalid setting of a mail transport once', () => {
    const env = { MAIL_TRANSPORT: 'smtp', SMTP_URL: 'https://mail.example' };
    expect(() => readConfig(env)).toThrow(/SMTP_URL/);
    expect(() => readConfig(env)).not.toThrow(/SMTP_URL[^]*SMTP_URL/);
  });
});
