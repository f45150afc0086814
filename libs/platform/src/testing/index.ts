export { observeCall, type ObservedCall } from './observe-call.js';
export { readExport, type ReadExport } from './read-export.js';
export { startTestServer, type TestServer, type TestServerOptions } from './test-server.js';
export {
  newCaller,
  runAs,
  runWithKey,
  startTestService,
  type TestEnvironment,
  type TestService,
  type TestServiceOptions,
} from './test-service.js';
