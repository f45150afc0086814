export { backing, type Backing } from './backing.js';
export { reserveBrokerProxy } from './broker-proxy.js';
export { eventually } from './eventually.js';
export { freePort, freePorts } from './free-port.js';
export { parseDocumentedSettings, toSettings, type Settings } from './settings.js';
export { TcpProxy } from './tcp-proxy.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { TestEventPublisher } from './test-event-publisher.js';
export { uniqueName } from './unique-name.js';
