import { toJavaArguments, toProperties } from './kafka.ts';

describe('toProperties', () => {
  it('listens only on loopback', () => {
    const lines = toProperties({ dataDir: '/data', port: 8421, controllerPort: 8422 }).split('\n');
    expect(lines).toContain('listeners=PLAINTEXT://127.0.0.1:8421,CONTROLLER://127.0.0.1:8422');
    expect(lines).toContain('controller.quorum.voters=1@127.0.0.1:8422');
    expect(lines).toContain('offsets.topic.replication.factor=1');
  });
});

describe('toJavaArguments', () => {
  it('uses the class archive', () => {
    expect(toJavaArguments('/jars', ['-XX:SharedArchiveFile=/a.jsa']).join(' ')).toMatch(
      /-Xmx384m .*-XX:SharedArchiveFile=\/a\.jsa .*-cp \/jars\/\*$/,
    );
  });
});
