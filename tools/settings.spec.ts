import { describePorts, freePorts, readPorts } from './settings.ts';

describe('ports', () => {
  it('takes the standard ones, and what the environment says instead', () => {
    expect(readPorts({ EDGE_PORT: '9400' })).toMatchObject({ EDGE_PORT: 9400, KAFKA_PORT: 8421 });
  });

  it('lists every fault at once', () => {
    expect(() => readPorts({ EDGE_PORT: 'http', S3_PORT: '99999' })).toThrow(
      /EDGE_PORT[^]*S3_PORT|S3_PORT[^]*EDGE_PORT/,
    );
  });

  it('refuses the same port twice', () => {
    expect(() => readPorts({ EDGE_PORT: '8423' })).toThrow('S3_PORT and EDGE_PORT are both 8423');
  });

  it('finds free ones, all different', async () => {
    const ports = Object.values(await freePorts());
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('is described whole', () => {
    expect(describePorts()).toContain('VALKEY_PORT             8424');
  });
});
