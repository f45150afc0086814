import { javaArguments, kafkaProperties } from './properties.ts';

describe('the Kafka broker', () => {
  it('listens on its ports of loopback alone', () => {
    const lines = kafkaProperties({ dataDir: '/data', port: 8421, controllerPort: 8422 }).split('\n');
    expect(lines).toContain('listeners=PLAINTEXT://127.0.0.1:8421,CONTROLLER://127.0.0.1:8422');
    expect(lines).toContain('controller.quorum.voters=1@127.0.0.1:8422');
    expect(lines).toContain('offsets.topic.replication.factor=1');
  });

  it('takes its classes from the archive that it is given', () => {
    expect(javaArguments('/jars', '/log4j2.xml', ['-XX:SharedArchiveFile=/a.jsa']).join(' ')).toMatch(
      /-Xmx384m .*-XX:SharedArchiveFile=\/a\.jsa .*-cp \/jars\/\*$/,
    );
  });
});
