import { toJavaArguments, toProperties } from './kafka.ts';

describe('toProperties', () => {
  it('listens only on loopback', () => {
    const lines = toProperties('/data', 8421, 8422).split('\n');
    expect(lines).toContain('listeners=PLAINTEXT://127.0.0.1:8421,CONTROLLER://127.0.0.1:8422');
    expect(lines).toContain('controller.quorum.voters=1@127.0.0.1:8422');
    expect(lines).toContain('offsets.topic.replication.factor=1');
  });
});

describe('toJavaArguments', () => {
  it('limits the heap and uses all jars', () => {
    expect(toJavaArguments('/jars').join(' ')).toMatch(/-Xmx384m .*-cp \/jars\/\*$/);
  });
});
