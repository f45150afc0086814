export { KafkaConnection } from './connection/kafka-connection.js';
export { fromKafka } from './event/cloud-event-headers.js';
export { groupByTopic, type ConsumerRecord, type EventMessage } from './event/event-message.js';
export { EventListener, listenTo, type EventListenerOptions, type ListenedEvent } from './consume/event-listener.js';
export { EventPublisher } from './publish/event-publisher.js';
export { runConsumer } from './consume/run-consumer.js';
export { KafkaTraceSender } from './trace/kafka-trace-sender.js';
export { TraceListener } from './trace/trace-listener.js';
