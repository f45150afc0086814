export interface KafkaPlace {
  readonly dataDir: string;
  readonly port: number;
  readonly controllerPort: number;
}

/** Settings of one node that is broker and controller, small and quick to start. */
export function kafkaProperties({ dataDir, port, controllerPort }: KafkaPlace): string {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': dataDir,
    // Topics are made on purpose, with their partitions: a misspelt one must be an error.
    'auto.create.topics.enable': false,
    ...SINGLE_NODE,
    // Tests make many topics: threads and buffers for one person.
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
    'log.cleaner.dedupe.buffer.size': 4 * 1024 * 1024,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** What one broker needs told, because by default Kafka wants three copies of its own topics. */
export const SINGLE_NODE = {
  'default.replication.factor': 1,
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 5,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'transaction.state.log.num.partitions': 3,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'share.coordinator.state.topic.num.partitions': 1,
  'group.initial.rebalance.delay.ms': 0,
} as const;

/** Java's arguments up to the main class. The optimising compiler costs a start more than it ever earns here. */
export function javaArguments(jarsFolder: string, log4jFile: string, archive: readonly string[]): string[] {
  return [
    '-Xms64m',
    '-Xmx384m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    ...archive,
    '-Djava.awt.headless=true',
    `-Dlog4j2.configurationFile=${log4jFile}`,
    '-cp',
    `${jarsFolder}/*`,
  ];
}
