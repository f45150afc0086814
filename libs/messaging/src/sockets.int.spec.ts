import { Kafka, logLevel } from 'kafkajs';
import { eventually, reserveBrokerProxy } from '@viernes/testing';
import { KafkaSockets } from './kafka/kafka-sockets.js';

it('leaves no connection to the broker open, also not one that kafkajs forgot', async () => {
  const broker = await reserveBrokerProxy();
  await broker.open();
  const sockets = new KafkaSockets();
  const brokers = [`127.0.0.1:${broker.port}`];
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING, socketFactory: sockets.create }).admin();
  await admin.connect();
  await admin.listTopics();
  // What happens when a broker restarts: many requests at once find the connection gone.
  broker.cut();
  await eventually(() => broker.connections === 0);
  await Promise.all(Array.from({ length: 5 }, () => admin.listTopics()));
  await admin.disconnect();
  sockets.destroy();
  await eventually(() => broker.connections === 0);
  await broker.close();
});
