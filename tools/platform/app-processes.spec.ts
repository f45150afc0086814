import { portSettings } from '../settings.ts';
import { APP_NAMES, toAppEnvironment } from './app-processes.ts';

const options = {
  env: {
    POSTGRES_URL: 'postgres://u:p@127.0.0.1:8420/postgres',
    KAFKA_BROKERS: '127.0.0.1:8421',
    S3_ENDPOINT: 'http://127.0.0.1:8423',
    S3_SECRET_ACCESS_KEY: 'hidden',
    VALKEY_URL: 'redis://127.0.0.1:8424',
  },
  ports: portSettings.parse({}),
  stateDir: '/state',
  editor: { email: 'e@example.org', password: 'secret' },
};

describe('toAppEnvironment', () => {
  it('gives each service its own database, and no credentials to the edge and the transcoder', () => {
    expect(toAppEnvironment('user', options)['DATABASE_URL']).toBe('postgres://u:p@127.0.0.1:8420/viernes_user');
    const { edge, transcoder } = Object.fromEntries(APP_NAMES.map((name) => [name, toAppEnvironment(name, options)]));
    expect(JSON.stringify([edge, transcoder])).not.toMatch(/hidden|postgres:/);
  });

  it('gives the monolith the databases of the services under different names', () => {
    const monolith = toAppEnvironment('monolith', options);
    expect(monolith).toMatchObject({
      CATALOG_DATABASE_URL: 'postgres://u:p@127.0.0.1:8420/viernes_catalog',
      USER_DATABASE_URL: 'postgres://u:p@127.0.0.1:8420/viernes_user',
      HEALTH_ADDRESS: toAppEnvironment('edge', options)['HEALTH_ADDRESS'],
    });
    expect(monolith).not.toHaveProperty('DATABASE_URL');
  });

  it('lets browsers reach object storage', () => {
    expect(toAppEnvironment('edge', options)['MEDIA_ORIGINS']).toBe('http://127.0.0.1:8423');
    expect(toAppEnvironment('video', options)['S3_PUBLIC_ENDPOINT']).toBe('http://127.0.0.1:8423');
  });
});
