import { readFileSync } from 'node:fs';
import { parseDocumentedSettings, toSettings } from '@viernes/testing';
import { Env, readConfig } from './config.js';

describe('the settings of the edge', () => {
  it('documents all settings in the README with their defaults', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(parseDocumentedSettings(readme)).toEqual(toSettings(Env));
  });

  const env = {
    HTTP_ADDRESS: '127.0.0.1:0',
    PUBLIC_GRPC_ADDRESS: '127.0.0.1:0',
    HEALTH_ADDRESS: '127.0.0.1:0',
    CATALOG_ADDRESS: 'dns:///catalog:1',
    USER_ADDRESS: 'dns:///user:1',
    VIDEO_ADDRESS: 'dns:///video:1',
    VALKEY_URL: 'redis://valkey:1',
    KAFKA_BROKERS: 'kafka:1',
    WEB_ROOT: '/web',
  };

  it('rejects the PROXY protocol without trusted proxies', () => {
    expect(() => readConfig({ ...env, PROXY_PROTOCOL: 'true' })).toThrow('TRUSTED_PROXIES: required by');
    expect(() => readConfig({ ...env, PROXY_PROTOCOL: 'true', TRUSTED_PROXIES: '10.0.0.1' })).not.toThrow();
  });

  it('rejects settings of a canary without its address', () => {
    expect(readConfig(env)).toMatchObject({ CATALOG_CANARY_PERCENT: 0, CATALOG_CANARY_HEADER: false });
    for (const setting of [{ CATALOG_CANARY_PERCENT: '5' }, { CATALOG_CANARY_HEADER: 'true' }]) {
      expect(() => readConfig({ ...env, ...setting })).toThrow('CATALOG_CANARY_ADDRESS: required by');
      expect(() => readConfig({ ...env, ...setting, CATALOG_CANARY_ADDRESS: 'dns:///canary:1' })).not.toThrow();
    }
  });
});
