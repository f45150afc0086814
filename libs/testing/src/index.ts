export { backing, type Backing } from './backing.js';
export { eventually } from './eventually.js';
export { TcpProxy } from './tcp-proxy.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { uniqueName } from './unique-name.js';
