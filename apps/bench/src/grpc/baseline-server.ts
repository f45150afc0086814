// The same methods with grpc-js only, in a separate process. Its only argument is host:port.
import { Server, ServerCredentials, type handleUnaryCall } from '@grpc/grpc-js';
import { catalogV1 } from '@viernes/contracts';
import { GET_TITLE_RESPONSE, LIST_TITLES_RESPONSE } from './titles.js';

const respond =
  <Response>(response: Response): handleUnaryCall<unknown, Response> =>
  (_call, callback) =>
    void Promise.resolve(response).then((value) => callback(null, value));

const { getTitle, listTitles } = catalogV1.CatalogServiceService;
const server = new Server();
server.addService(
  { getTitle, listTitles },
  { getTitle: respond(GET_TITLE_RESPONSE), listTitles: respond(LIST_TITLES_RESPONSE) },
);
server.bindAsync(process.argv[2] ?? '', ServerCredentials.createInsecure(), (error) => {
  if (error) throw error;
  process.send?.('listening');
});
process.once('disconnect', () => process.exit(0));
