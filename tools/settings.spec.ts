import { describePorts, freePorts, readPorts } from './settings.ts';

describe('readPorts', () => {
  it('reads ports from the environment, and returns the default of each port that is not set', () => {
    expect(readPorts({ EDGE_PORT: '9400' })).toMatchObject({ EDGE_PORT: 9400, KAFKA_PORT: 8421 });
  });

  it('lists all invalid ports', () => {
    expect(() => readPorts({ EDGE_PORT: 'http', S3_PORT: '99999' })).toThrow(
      /EDGE_PORT[^]*S3_PORT|S3_PORT[^]*EDGE_PORT/,
    );
  });

  it('rejects the same port for two settings', () => {
    expect(() => readPorts({ EDGE_PORT: '8423' })).toThrow('S3_PORT and EDGE_PORT are both 8423');
  });
});

describe('freePorts', () => {
  it('returns distinct ports', async () => {
    const ports = Object.values(await freePorts());
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('returns ports that systems do not assign to outgoing connections', async () => {
    const ports = Object.values(await freePorts());
    expect(ports.filter((port) => port > 32_767)).toEqual([]);
  });
});

describe('describePorts', () => {
  it('lists every variable with its default', () => {
    expect(describePorts()).toContain('VALKEY_PORT             8424');
  });
});
