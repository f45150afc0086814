import { Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import type { TopicDifference } from './topic-plan.js';

const topicDifferences = new Gauge({
  name: 'topic_config_drift',
  help: '1 for a setting of a topic that is not as declared and that no start may mend',
  labelNames: ['topic', 'setting'],
});

/** Tells what is different between the broker's topics and their declarations: in the log once, in a metric all the time. */
export class TopicReport {
  private readonly logger = new Logger('Topics');
  private told = new Map<string, string>();

  made(topic: string, partitions: number): void {
    this.logger.log({ topic, partitions }, 'topic made');
  }

  grown(topic: string, from: number, to: number): void {
    this.logger.log(
      { topic, from, to },
      'topic has more partitions: keys that moved may be read out of order for a while',
    );
  }

  altered(topic: string, settings: object): void {
    this.logger.log({ topic, ...settings }, 'topic keeps its events longer');
  }

  /** @param differences all that there are now */
  different(differences: readonly TopicDifference[]): void {
    const told = new Map(differences.map(({ topic, setting, found }) => [`${topic} ${setting}`, found]));
    for (const key of this.told.keys()) if (!told.has(key)) topicDifferences.remove(...labelsOf(key));
    for (const difference of differences) {
      const key = `${difference.topic} ${difference.setting}`;
      topicDifferences.set({ topic: difference.topic, setting: difference.setting }, 1);
      if (this.told.get(key) !== difference.found)
        this.logger.warn(difference, 'topic is not as declared, and is left so');
    }
    this.told = told;
  }
}

function labelsOf(key: string): [string, string] {
  const [topic = '', setting = ''] = key.split(' ');
  return [topic, setting];
}
