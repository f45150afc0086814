import { portSettings } from '../settings.ts';
import { APP_NAMES, appEnvironment } from './app-processes.ts';

const options = {
  env: {
    POSTGRES_URL: 'postgres://u:p@127.0.0.1:8420/postgres',
    KAFKA_BROKERS: '127.0.0.1:8421',
    S3_ENDPOINT: 'http://127.0.0.1:8423',
    S3_SECRET_ACCESS_KEY: 'hidden',
    VALKEY_URL: 'redis://127.0.0.1:8424',
  },
  ports: portSettings.parse({}),
  home: '/home',
  editor: { email: 'e@example.org', password: 'secret' },
};

describe('what each app is told', () => {
  it('is a database of its own, and no key of the store to whom does not need it', () => {
    expect(appEnvironment('user', options)['DATABASE_URL']).toBe('postgres://u:p@127.0.0.1:8420/viernes_user');
    const { edge, transcoder } = Object.fromEntries(APP_NAMES.map((name) => [name, appEnvironment(name, options)]));
    expect(JSON.stringify([edge, transcoder])).not.toMatch(/hidden|postgres:/);
  });

  it('lets browsers reach the store', () => {
    expect(appEnvironment('edge', options)['MEDIA_ORIGINS']).toBe('http://127.0.0.1:8423');
    expect(appEnvironment('video', options)['S3_PUBLIC_ENDPOINT']).toBe('http://127.0.0.1:8423');
  });
});
